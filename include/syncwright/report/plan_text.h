#pragma once

#include <string>

#include "syncwright/plan/plan.h"
#include "syncwright/report/style.h"

namespace syncwright::report {

/// A plan for people. The first line names project, environment and tenant; then a block for each
/// application with its changes in order, each with a sign, what, why and the manifest line:
///   +  makes something      ~  changes something      >  starts, pauses or tests      !  is
///   refused
/// schema changes and settings field by field, refusals with candidates and the way out; then
/// health, orphans and warnings, and one sentence that sums up. Ends with a line feed.
[[nodiscard]] std::string render_plan(const plan::Plan& plan, const Style& style);

/// What a person is asked before `plan` is carried out: where, how much, over which guards, and
/// whether. The plan itself may have scrolled away by then, and another terminal may be another
/// tenant's. Without a line feed at the end.
[[nodiscard]] std::string approval_question(const plan::Plan& plan, const Style& style);

}  // namespace syncwright::report
