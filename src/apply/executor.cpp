#include "syncwright/apply/executor.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "apply/application_changes.h"
#include "apply/application_run.h"
#include "apply/shutdown_deadline.h"
#include "apply/steps/identity.h"
#include "apply/steps/location.h"
#include "apply/steps/step.h"
#include "syncwright/core/worker_pool.h"
#include "syncwright/graph_read/graph_reader.h"
#include "syncwright/graph_read/live_reader.h"
#include "syncwright/graph_read/permissions.h"

namespace syncwright::apply {

/// A plan is carried out application by application (docs/architecture.md#decision-6). What makes
/// it hard is the end of a run that did not go well: a failed change is data, what hangs on it is
/// skipped, the rest goes on, and for each change the report has to say which of failed, stale,
/// skipped and unknown it is (docs/architecture.md#decision-9). A write whose outcome nobody knows
/// that was reported as skipped would be taken for never sent, and one that was reported as failed
/// for undone. After a stop request nothing more is begun, and what is in flight has until the
/// shutdown deadline to be answered.

namespace {

/// How long a write in flight may go on after a stop request.
constexpr std::chrono::seconds kShutdown{30};

/// Passes everything on to the listener, one call at a time.
class SerialListener final : public plan::ApplyListener {
 public:
  explicit SerialListener(plan::ApplyListener& next) : next_(next) {}
  void started(const plan::Change& change) override {
    const std::scoped_lock lock(mutex_);
    next_.started(change);
  }
  void waiting(const plan::Change& change, const std::string& what, Milliseconds elapsed,
               Milliseconds limit) override {
    const std::scoped_lock lock(mutex_);
    next_.waiting(change, what, elapsed, limit);
  }
  void finished(const plan::ChangeOutcome& outcome) override {
    const std::scoped_lock lock(mutex_);
    next_.finished(outcome);
  }

 private:
  plan::ApplyListener& next_;
  std::mutex mutex_;
};

bool is_deletion(const plan::Change& change) {
  return change.type == plan::ChangeType::application_delete;
}

/// Whether the step starts from ids that have to be found first.
bool needs_location(plan::ChangeType type) {
  return !plan::traits_of(type).comes_or_goes;  // what does says itself what it is about
}

/// What the plan found may be gone since: then the error is what a look now says.
Result<void> look_again(ApplicationRun& run) {
  run.planned = nullptr;
  run.reference = {};
  run.jobs.clear();
  return locate(run);
}

StepResult run_located_step(ApplicationRun& run, const plan::Change& change) {
  if (!needs_location(change.type)) return run_step(run, change);
  if (run.service_principal().empty()) {
    if (auto found = locate(run); !found) return fail(found.error());
  }
  StepResult result = run_step(run, change);
  const bool may_be_gone = !result && (result.error().kind == ErrorKind::not_found ||
                                       result.error().kind == ErrorKind::stale);
  if (!may_be_gone || run.planned == nullptr || run.session().writes() > 0) return result;
  const auto there = look_again(run);
  return there ? std::move(result) : fail(there.error());
}

/// The state of a change whose step ended with this error.
plan::OutcomeState state_after(const Error& error, const ApplicationRun& run) {
  if (error.kind == ErrorKind::stale) return plan::OutcomeState::stale;
  if (run.session().in_doubt()) return plan::OutcomeState::unknown;
  if (error.kind != ErrorKind::cancelled) return plan::OutcomeState::failed;
  return run.session().writes() == 0 ? plan::OutcomeState::skipped : plan::OutcomeState::unknown;
}

const char* verb_of(plan::OutcomeState state) {
  switch (state) {
    case plan::OutcomeState::done:
      return "is done";
    case plan::OutcomeState::failed:
      return "failed";
    case plan::OutcomeState::stale:
      return "is stale";
    case plan::OutcomeState::skipped:
      return "was skipped";
    case plan::OutcomeState::unknown:
      return "ended unknown";
  }
  return "";
}

/// The changes of one application, one after another, on one thread. The first that does not get
/// done skips the rest of them.
class ChangeSequence {
 public:
  ChangeSequence(const ApplyRun& apply, ApplicationChanges& changes);

  /// `next`: the change after it; nullptr: it is the last one.
  [[nodiscard]] plan::ChangeOutcome carry_out(const plan::Change& change, const plan::Change* next);

 private:
  [[nodiscard]] ApplicationRun& run_of(const plan::Change& change);
  void attempt(const plan::Change& change, const plan::Change* next, plan::ChangeOutcome& outcome);
  [[nodiscard]] StepResult record_applied(std::string detail);
  void interrupt(plan::ChangeOutcome& outcome);
  void record_so_far();

  const ApplyRun& apply_;
  model::DesiredApplication stand_in_;    ///< for deletions: nothing but a name
  std::optional<ApplicationRun> run_;     ///< of what the manifest describes
  std::optional<ApplicationRun> doomed_;  ///< of the deletion that is carried out
  const plan::Change* last_ = nullptr;    ///< with its end the application is as its manifest says
  std::string blocker_;                   ///< why nothing more is done for this application
};

ChangeSequence::ChangeSequence(const ApplyRun& apply, ApplicationChanges& changes) : apply_(apply) {
  stand_in_.name = changes.application();
  if (changes.desired == nullptr) return;
  run_.emplace(apply, *changes.desired);
  if (changes.secrets) run_->secrets = *std::exchange(changes.secrets, {});
  const auto located = apply.plan.located.find(stand_in_.name);
  if (located != apply.plan.located.end()) run_->planned = &located->second;
  for (const plan::Change* change : changes.due()) {
    if (!is_deletion(*change)) last_ = change;
  }
}

plan::ChangeOutcome ChangeSequence::carry_out(const plan::Change& change,
                                              const plan::Change* next) {
  plan::ChangeOutcome outcome;
  outcome.change = &change;
  if (!blocker_.empty()) {
    outcome.state = plan::OutcomeState::skipped;
    outcome.detail = blocker_;
  } else if (change.status != plan::ChangeStatus::planned) {
    outcome.state = plan::OutcomeState::skipped;
    outcome.detail = fmt::format("the plan has it as {}", to_string(change.status));
    blocker_ = fmt::format("because {} is {}", change.id(), to_string(change.status));
  } else if (apply_.stop.stop_requested()) {
    interrupt(outcome);
  } else {
    attempt(change, next, outcome);
  }
  return outcome;
}

/// Each deletion is about an application of its own, whatever else has its name.
ApplicationRun& ChangeSequence::run_of(const plan::Change& change) {
  return is_deletion(change) ? doomed_.emplace(apply_, stand_in_) : *run_;
}

/// The tag by which drift tells an edit of the tenant from a manifest that is not applied yet
/// (docs/contract.md#5). What is held back does not count against it: a person's decision is the
/// tenant's own.
model::TagEdit applied_edit(const model::DesiredApplication& desired) {
  return {{std::string(model::kAppliedTag) + model::applied_digest(desired)},
          {std::string(model::kAppliedTag)}};
}

void ChangeSequence::attempt(const plan::Change& change, const plan::Change* next,
                             plan::ChangeOutcome& outcome) {
  apply_.world.listener.started(change);
  ApplicationRun& run = run_of(change);
  const Instant begun = run.now();
  run.begin(change, next);
  if (&change == last_) run.closing = applied_edit(run.desired);
  StepResult result = run_located_step(run, change);
  if (result && &change == last_) result = record_applied(std::move(*result));
  outcome.writes = run.session().writes();
  outcome.duration = run.now() - begun;
  if (result) {
    outcome.detail = *result;
    return;
  }
  outcome.state = state_after(result.error(), run);
  outcome.error = result.error();
  if (outcome.state == plan::OutcomeState::skipped) {
    interrupt(outcome);
    return;
  }
  blocker_ = fmt::format("because {} {}", change.id(), verb_of(outcome.state));
  record_so_far();
}

/// What the changes before did, whatever ended them: only the shutdown deadline ends this. Where it
/// fails, the next apply finds them not recorded and does them again.
void ChangeSequence::record_so_far() {
  if (!run_) return;
  run_->session().finish();
  static_cast<void>(settle_edits(*run_));
}

/// Nothing is left to write where the step's own tags said it. What is done is recorded, also when
/// a stop was asked for meanwhile.
StepResult ChangeSequence::record_applied(std::string detail) {
  const auto closing = std::exchange(run_->closing, std::nullopt);
  if (!closing) return detail;
  run_->session().finish();
  const auto tagged = edit_own_tags(*run_, *closing);
  if (tagged) return detail;
  if (tagged.error().kind == ErrorKind::cancelled && !run_->session().in_doubt()) {
    return (detail.empty() ? "" : detail + "; ") + "interrupted before it was recorded as applied";
  }
  return fail(within(tagged.error(), "it is done, but not recorded as what was applied last"));
}

void ChangeSequence::interrupt(plan::ChangeOutcome& outcome) {
  outcome.state = plan::OutcomeState::skipped;
  outcome.detail = "interrupted";
  outcome.error.reset();
  record_so_far();
  blocker_ = outcome.detail;
}

Result<void> resolve_all(std::vector<ApplicationChanges>& all, const ApplyWorld& world,
                         const ApplyOptions& options, const std::stop_token& stop) {
  std::vector<const model::DesiredApplication*> applications;
  for (const ApplicationChanges& each : all) {
    const bool needed = std::any_of(each.changes->begin(), each.changes->end(), needs_secrets);
    applications.push_back(needed ? each.desired : nullptr);
  }
  auto values =
      resolve_secrets(applications, world.environment, options.root, options.parallelism, stop);
  if (!values) return fail(values.error());
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!(*values)[i].empty()) all[i].secrets = std::move((*values)[i]);
  }
  return {};
}

/// How many schema steps hold their documents at once: what was sent, its copy in the request, and
/// what is read back, beside an index of half a document's size. Memory follows that, not the
/// number of applications.
std::ptrdiff_t schemas_at_once(const plan::Plan& plan) {
  constexpr std::size_t memory = 10U << 20U;
  constexpr std::size_t copies = 3;
  constexpr std::size_t most = 1'000;
  const std::size_t each = std::max<std::size_t>(copies * plan.largest_schema, 1);
  return static_cast<std::ptrdiff_t>(std::clamp<std::size_t>(memory / each, 1, most));
}

std::vector<plan::ChangeOutcome> carry_out_all(std::vector<ApplicationChanges>& all,
                                               const ApplyRun& apply) {
  std::vector<std::size_t> first(all.size());  // outcome of each application
  std::size_t count = 0;
  for (std::size_t index = 0; index < all.size(); ++index) {
    first[index] = std::exchange(count, count + all[index].due().size());
  }
  std::vector<plan::ChangeOutcome> outcomes(count);
  run_parallel(all.size(), graph_read::applications_under_way(apply.options.parallelism),
               [&](std::size_t index) {
                 ChangeSequence sequence(apply, all[index]);
                 const std::vector<const plan::Change*> changes = all[index].due();
                 for (std::size_t at = 0; at < changes.size(); ++at) {
                   const plan::Change* next = at + 1 < changes.size() ? changes[at + 1] : nullptr;
                   plan::ChangeOutcome& outcome = outcomes[first[index] + at];
                   outcome = sequence.carry_out(*changes[at], next);
                   apply.world.listener.finished(outcome);
                 }
               });
  return outcomes;
}

}  // namespace

Result<plan::ApplyReport> apply_plan(const plan::Plan& plan, const model::Desired& desired,
                                     const ApplyWorld& world, const ApplyOptions& options,
                                     std::stop_token stop) {
  auto all = changes_by_application(plan, desired);
  if (!all) return fail(all.error());
  if (auto resolved = resolve_all(*all, world, options, stop); !resolved) {
    return fail(resolved.error());
  }
  Backup backup(options.backup, world.clock);
  if (auto ready = backup.ready(); !ready) return fail(ready.error());
  const auto journal = Journal::open(options.journal, world.clock);
  if (!journal) return fail(journal.error());
  SerialListener listener(world.listener);
  const ApplyWorld serial{world.graph, world.environment, world.clock, listener};
  graph_read::GraphReader reader(world.graph);
  SharedReads shared(reader);
  std::counting_semaphore<> schema_turns(schemas_at_once(plan));
  const ShutdownDeadline shutdown(stop, kShutdown);
  const ApplyRun run{plan,
                     serial,
                     options,
                     model::owner_of(desired),
                     desired.guards.secrets_put,
                     **journal,
                     backup,
                     shared,
                     schema_turns,
                     std::move(stop),
                     shutdown.token()};
  plan::ApplyReport report;
  report.outcomes = carry_out_all(*all, run);
  report.interrupted = run.stop.stop_requested() && !report.all_done();
  report.journal = options.journal.string();
  report.backup = backup.folder();
  return report;
}

Result<void> check_permissions(const plan::Plan& plan,
                               const std::optional<graph_read::TokenClaims>& claims) {
  if (!claims || claims->delegated) {
    return {};
  }
  std::set<std::string> lacking;
  const auto need = [&](plan::ChangeType type) {
    const graph_read::FeaturePermission* permission =
        graph_read::permission_for(http::HttpMethod::post, plan::traits_of(type).request);
    if (permission != nullptr && !graph_read::grants(*permission, claims->roles)) {
      lacking.insert(
          fmt::format("{} (to {})", fmt::join(permission->roles, " or "), permission->feature));
    }
  };
  for (const plan::Change& change : plan.changes) {
    if (change.status != plan::ChangeStatus::planned) {
      continue;
    }
    need(change.type);
    // What was applied last is recorded in a tag, whatever it was.
    need(plan::ChangeType::application_update);
  }
  if (!lacking.empty()) {
    return fail(
        ErrorKind::forbidden, fmt::format("the token lacks {}", fmt::join(lacking, "; ")),
        "nothing was written; grant the application permission with admin consent, then get "
        "a new token; `syncwright whoami` shows what it has");
  }
  return {};
}

}  // namespace syncwright::apply
