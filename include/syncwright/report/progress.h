#pragma once

#include <cstddef>
#include <cstdio>
#include <memory>

#include "syncwright/core/clock.h"
#include "syncwright/plan/apply_report.h"
#include "syncwright/report/style.h"

namespace syncwright {

enum class ProgressForm {
  lines,  ///< a pipe: one line for each finished change, and for each wait that takes long
  live,   ///< a terminal: the same, above a status line that is overwritten in place
  json,   ///< one JSON object a line: {"event": "started" | "waiting" | "finished", "change": ID,
          ///< ...}
};

/// Shows an apply while it runs. `total` is the number of changes of the plan. `stream` and `clock`
/// outlive it; it is called from one thread at a time (ApplyListener). The status line is gone
/// when the last change has finished, and at the latest on destruction.
[[nodiscard]] std::unique_ptr<ApplyListener> make_progress(std::FILE* stream, const Style& style,
                                                           ProgressForm form, const Clock& clock,
                                                           std::size_t total);

}  // namespace syncwright
