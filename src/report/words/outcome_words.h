#pragma once

#include <string>

#include "syncwright/plan/apply_report.h"
#include "syncwright/report/style.h"

namespace syncwright::report {

/// The words of an apply: of its changes and of how each ended.

[[nodiscard]] Tone tone_of(plan::OutcomeState state);

/// What was made, or why it did not come to that; escaped, maybe empty.
[[nodiscard]] std::string explanation_of(const plan::ChangeOutcome& outcome);

/// "40 of 72 changes done, 1 failed, 31 skipped; 55 writes sent".
[[nodiscard]] std::string outcome_counts(const plan::ApplyReport& report);

/// "340 ms", "3.2 s", "2 min 05 s".
[[nodiscard]] std::string duration_words(Milliseconds duration);

}  // namespace syncwright::report
