#pragma once

#include <cstdio>
#include <memory>

#include "syncwright/core/clock.h"
#include "syncwright/plan/apply_report.h"
#include "syncwright/plan/plan.h"
#include "syncwright/report/style.h"

namespace syncwright {

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
[[nodiscard]] std::unique_ptr<ApplyListener> make_progress(std::FILE* stream, const Style& style,
                                                           ProgressForm form, const Clock& clock,
                                                           const Plan& plan);

}  // namespace syncwright
