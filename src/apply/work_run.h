#pragma once

#include <optional>
#include <string>

#include "apply/application_changes.h"
#include "apply/application_run.h"
#include "apply/steps/step.h"
#include "syncwright/plan/apply_report.h"

namespace syncwright {

/// One work, change after change, on one thread. The first change that does not get done skips the
/// rest of it.
class WorkRun {
 public:
  WorkRun(const RunContext& context, Work& work);

  [[nodiscard]] ChangeOutcome carry_out(const Change& change);

 private:
  [[nodiscard]] ApplicationRun& run_of(const Change& change);
  void attempt(const Change& change, ChangeOutcome& outcome);
  [[nodiscard]] StepResult record_applied(std::string detail);
  void interrupt(ChangeOutcome& outcome);

  const RunContext& context_;
  DesiredApplication stand_in_;           ///< for deletions: nothing but a name
  std::optional<ApplicationRun> run_;     ///< of what the manifest describes
  std::optional<ApplicationRun> doomed_;  ///< of the deletion that is carried out
  const Change* last_ = nullptr;          ///< with its end the application is as its manifest says
  std::string blocker_;                   ///< why nothing more is done for this application
};

}  // namespace syncwright
