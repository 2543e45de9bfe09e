#pragma once

#include <string>

#include "syncwright/plan/apply_report.h"
#include "syncwright/plan/plan.h"
#include "syncwright/report/style.h"

namespace syncwright {

/// What an apply of `plan` left to say once its progress has been shown: every change that is not
/// done, with the error, what to do next and the request-id; what was not begun, by application;
/// where journal and backups are; and one sentence that sums up. Ends with a line feed.
/// `reviewed`: of a saved plan, which can only be stale once a part of it is done.
[[nodiscard]] std::string render_apply_summary(const ApplyReport& report, const Plan& plan,
                                               const Style& style, bool reviewed = false);

}  // namespace syncwright
