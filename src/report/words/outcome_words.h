#pragma once

#include <map>
#include <string>

#include "syncwright/plan/apply_report.h"
#include "syncwright/plan/plan.h"
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

/// What an apply calls the changes it carries out: as the plan did, people and groups by their
/// names, which the outcome of a change does not hold.
class ChangeTitles {
 public:
  explicit ChangeTitles(const plan::Plan& plan);

  /// "assign group Sales as User"; of a change that the plan does not have, what its id says.
  [[nodiscard]] std::string of(const plan::ChangeOutcome& outcome) const;

 private:
  std::map<std::string, std::string> by_id_;
};

}  // namespace syncwright::report
