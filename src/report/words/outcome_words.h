#pragma once

#include <string>
#include <vector>

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

/// The changes of a plan, which must outlive it, found by the outcomes of an apply: they hold what
/// an outcome does not, the names of people and groups and the line of the manifest.
class PlannedChanges {
 public:
  explicit PlannedChanges(const plan::Plan& plan);

  /// nullptr: the plan does not have it.
  [[nodiscard]] const plan::Change* find(const plan::ChangeOutcome& outcome) const;
  /// "assign group Sales as User"; of a change that the plan does not have, what its id says.
  [[nodiscard]] std::string title_of(const plan::ChangeOutcome& outcome) const;

 private:
  std::vector<const plan::Change*> by_id_;
};

}  // namespace syncwright::report
