#include "apply/work_run.h"

#include <fmt/format.h>

#include <utility>

#include "apply/steps/service_principal_write.h"
#include "apply/steps/unique_name.h"

namespace syncwright {

namespace {

bool is_deletion(const Change& change) {
  return change.type == ChangeType::application_delete;
}

/// Whether the step starts from ids that have to be found first.
bool needs_location(ChangeType type) {
  return !traits_of(type).comes_or_goes;  // what does says itself what it is about
}

StepResult located_step(ApplicationRun& run, const Change& change) {
  if (needs_location(change.type) && run.service_principal().empty()) {
    if (auto found = locate(run); !found) return fail(found.error());
  }
  return run_step(run, change);
}

/// What an error leaves of its change.
OutcomeState state_after(const Error& error, const ApplicationRun& run) {
  if (error.kind == ErrorKind::stale) return OutcomeState::stale;
  if (run.in_doubt()) return OutcomeState::unknown;
  if (error.kind != ErrorKind::cancelled) return OutcomeState::failed;
  return run.writes() == 0 ? OutcomeState::skipped : OutcomeState::unknown;
}

const char* verb(OutcomeState state) {
  switch (state) {
    case OutcomeState::done:
      return "is done";
    case OutcomeState::failed:
      return "failed";
    case OutcomeState::stale:
      return "is stale";
    case OutcomeState::skipped:
      return "was skipped";
    case OutcomeState::unknown:
      return "ended unknown";
  }
  return "";
}

}  // namespace

WorkRun::WorkRun(const RunContext& context, Work& work) : context_(context) {
  stand_in_.name = work.application;
  if (work.desired == nullptr) return;
  run_.emplace(context, *work.desired);
  run_->secrets = std::move(work.secrets);
  for (const Change* change : work.changes) {
    if (!is_deletion(*change)) last_ = change;
  }
}

ChangeOutcome WorkRun::carry_out(const Change& change) {
  ChangeOutcome outcome;
  outcome.id = change.id;
  outcome.type = change.type;
  outcome.application = change.application;
  if (!blocker_.empty()) {
    outcome.state = OutcomeState::skipped;
    outcome.detail = blocker_;
  } else if (change.status != ChangeStatus::planned) {
    outcome.state = OutcomeState::skipped;
    outcome.detail = fmt::format("the plan has it as {}", to_string(change.status));
    blocker_ = fmt::format("because {} is {}", change.id, to_string(change.status));
  } else if (context_.stop.stop_requested()) {
    interrupt(outcome);
  } else {
    attempt(change, outcome);
  }
  return outcome;
}

/// Each deletion is about an application of its own, whatever else has its name.
ApplicationRun& WorkRun::run_of(const Change& change) {
  return is_deletion(change) ? doomed_.emplace(context_, stand_in_) : *run_;
}

void WorkRun::attempt(const Change& change, ChangeOutcome& outcome) {
  context_.world.listener.started(change);
  ApplicationRun& run = run_of(change);
  const Instant begun = run.now();
  run.begin(change);
  StepResult result = located_step(run, change);
  if (result && &change == last_) result = record_applied(std::move(*result));
  outcome.writes = run.writes();
  outcome.duration = run.now() - begun;
  if (result) {
    outcome.detail = *result;
    return;
  }
  outcome.state = state_after(result.error(), run);
  outcome.error = result.error();
  if (outcome.state == OutcomeState::skipped) {
    interrupt(outcome);
    return;
  }
  blocker_ = fmt::format("because {} {}", change.id, verb(outcome.state));
}

/// The tag by which drift tells an edit of the tenant from a manifest that is not applied yet
/// (docs/contract.md#5). What is held back does not count against it: a person's decision is the
/// tenant's own. An interrupted run leaves it to the next apply that has something to do.
StepResult WorkRun::record_applied(std::string detail) {
  const TagEdit edit{{std::string(kAppliedTag) + applied_digest(run_->desired)},
                     {std::string(kAppliedTag)}};
  const auto tagged = write_service_principal(*run_, edit, std::nullopt);
  if (tagged || (tagged.error().kind == ErrorKind::cancelled && !run_->in_doubt())) return detail;
  return fail(within(tagged.error(), "it is done, but not recorded as what was applied last"));
}

void WorkRun::interrupt(ChangeOutcome& outcome) {
  outcome.state = OutcomeState::skipped;
  outcome.detail = "interrupted";
  outcome.error.reset();
  blocker_ = outcome.detail;
}

}  // namespace syncwright
