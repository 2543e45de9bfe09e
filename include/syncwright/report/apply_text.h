#pragma once

#include <cstdio>
#include <memory>
#include <string>

#include "syncwright/core/clock.h"
#include "syncwright/plan/apply_report.h"
#include "syncwright/plan/plan.h"
#include "syncwright/report/style.h"

namespace syncwright::report {

/// An apply for people: its progress while it runs, and what is left to say once it has ended.

/// How progress is written, by what the stream is.
enum class ProgressForm {
  lines,  ///< a pipe: one line for each change that was carried out or failed, and for each wait
          ///< that takes long
  live,   ///< a terminal: the same, above a status line that is overwritten in place
  json,   ///< one JSON object a line: {"event": "started" | "waiting" | "finished", "change": ID,
          ///< ...}
};

/// Shows an apply of `plan` while it runs, out of so many planned changes. `stream` and `clock`
/// outlive it; it is called from one thread at a time (ApplyListener). The status line is gone
/// when the last change has finished, and at the latest on destruction.
[[nodiscard]] std::unique_ptr<plan::ApplyListener> make_progress(std::FILE* stream,
                                                                 const Style& style,
                                                                 ProgressForm form,
                                                                 const Clock& clock,
                                                                 const plan::Plan& plan);

/// What an apply of `plan` left to say once its progress has been shown: every change that is not
/// done, with the error, what to do next and the request-id; what was not begun, by application;
/// where journal and backups are; and one sentence that sums up. Ends with a line feed.
/// `reviewed`: of a saved plan, which can only be stale once a part of it is done.
[[nodiscard]] std::string render_apply_summary(const plan::ApplyReport& report,
                                               const plan::Plan& plan, const Style& style,
                                               bool reviewed = false);

}  // namespace syncwright::report
