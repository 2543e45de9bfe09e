#pragma once

#include <string>
#include <vector>

#include "apply/application_run.h"
#include "syncwright/core/error.h"
#include "syncwright/plan/change.h"

namespace syncwright::apply {

/// How a change is carried out: its basis checked, its writes sent one after another, each read
/// back. The text says what was made ("service principal 5b0d..."); empty where there is nothing to
/// add. Every step finds out by itself what a killed run left, and writes nothing where all is
/// done.
using StepResult = Result<std::string>;

[[nodiscard]] StepResult instantiate_application(ApplicationRun& run, const plan::Change& change);
[[nodiscard]] StepResult adopt_application(ApplicationRun& run, const plan::Change& change);
[[nodiscard]] StepResult update_application(ApplicationRun& run, const plan::Change& change);
[[nodiscard]] StepResult create_job(ApplicationRun& run, const plan::Change& change);
[[nodiscard]] StepResult pause_job(ApplicationRun& run, const plan::Change& change);
[[nodiscard]] StepResult restart_job(ApplicationRun& run, const plan::Change& change);
[[nodiscard]] StepResult start_job(ApplicationRun& run, const plan::Change& change);
[[nodiscard]] StepResult validate_credentials(ApplicationRun& run, const plan::Change& change);
[[nodiscard]] StepResult save_credentials(ApplicationRun& run, const plan::Change& change);
[[nodiscard]] StepResult put_schema(ApplicationRun& run, const plan::Change& change);
[[nodiscard]] StepResult add_assignment(ApplicationRun& run, const plan::Change& change);
[[nodiscard]] StepResult remove_assignment(ApplicationRun& run, const plan::Change& change);
[[nodiscard]] StepResult delete_job(ApplicationRun& run, const plan::Change& change);
[[nodiscard]] StepResult delete_application(ApplicationRun& run, const plan::Change& change);

/// The step of the change's type.
[[nodiscard]] StepResult run_step(ApplicationRun& run, const plan::Change& change);

/// What is read first once the change under way is done (GraphReader's paths): the tags, where it
/// is recorded then, or what the next change looks at before it writes.
[[nodiscard]] std::vector<std::string> reads_after_change(const ApplicationRun& run);
/// The read that proves the write which ends a change, and behind it the same.
[[nodiscard]] std::vector<std::string> proof_and_next(const ApplicationRun& run, std::string proof);

/// The check just before a write: whether what the change replaces, as it was just read, is what
/// the plan was made on. `fresh` comes from the function that the planner called (identity_fields,
/// state_fields, secrets_target, diff). ErrorKind::stale names what differs now; a change without a
/// basis passes.
[[nodiscard]] Result<void> check_basis(const plan::Change& change,
                                       const std::vector<schema::FieldChange>& fresh);

}  // namespace syncwright::apply
