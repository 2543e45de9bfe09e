#pragma once

#include <string>

#include "syncwright/plan/apply_report.h"
#include "syncwright/report/style.h"

namespace syncwright {

[[nodiscard]] Tone tone_of(OutcomeState state);

/// What was made, or why it did not come to that; escaped, maybe empty.
[[nodiscard]] std::string explanation_of(const ChangeOutcome& outcome);

/// "340 ms", "3.2 s", "2 min 05 s".
[[nodiscard]] std::string duration_words(Milliseconds duration);

}  // namespace syncwright
