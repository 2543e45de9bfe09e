#include "syncwright/apply/executor.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <utility>

#include "application_run.h"
#include "grace.h"
#include "secret_values.h"
#include "step.h"
#include "syncwright/core/worker_pool.h"
#include "unique_name.h"

namespace syncwright {

namespace {

/// How long a write in flight may go on after a stop request.
constexpr std::chrono::seconds kGrace{30};

/// The changes of one application, in the plan's order.
struct Work {
  const DesiredApplication* desired = nullptr;
  std::vector<const Change*> changes;
  SecretValues secrets;
};

/// Hears of everything one call at a time.
class SerialListener final : public ApplyListener {
 public:
  explicit SerialListener(ApplyListener& next) : next_(next) {}
  void started(const Change& change) override {
    const std::scoped_lock lock(mutex_);
    next_.started(change);
  }
  void waiting(const Change& change, const std::string& what, Milliseconds elapsed) override {
    const std::scoped_lock lock(mutex_);
    next_.waiting(change, what, elapsed);
  }
  void finished(const ChangeOutcome& outcome) override {
    const std::scoped_lock lock(mutex_);
    next_.finished(outcome);
  }

 private:
  ApplyListener& next_;
  std::mutex mutex_;
};

bool needs_secrets(const Change& change) {
  return change.type == ChangeType::credentials_validate ||
         change.type == ChangeType::credentials_save;
}

bool is_about_job(const Change& change) {
  switch (change.type) {
    case ChangeType::job_pause:
    case ChangeType::job_create:
    case ChangeType::schema_put:
    case ChangeType::job_restart:
    case ChangeType::job_start:
      return true;
    case ChangeType::application_instantiate:
    case ChangeType::application_update:
    case ChangeType::credentials_validate:
    case ChangeType::credentials_save:
      return false;
  }
  return false;
}

/// Whether the manifests have what the change speaks of: plan files come from outside.
bool is_described(const DesiredApplication* application, const Change& change) {
  if (application == nullptr) return false;
  if (!is_about_job(change)) return true;
  return std::any_of(application->jobs.begin(), application->jobs.end(), [&](const auto& job) {
    return job.key == change.job && (change.type != ChangeType::schema_put || job.schema);
  });
}

Result<std::vector<Work>> group(const Plan& plan, const Desired& desired) {
  std::vector<Work> works;
  for (const Change& change : plan.changes) {
    if (change.status == ChangeStatus::held) continue;  // a person's to decide; the rest goes on
    const DesiredApplication* application = desired.find(change.application);
    if (!is_described(application, change)) {
      return fail(ErrorKind::invalid_input,
                  fmt::format("the plan has {}, which its manifests do not describe", change.id));
    }
    auto work = std::find_if(works.begin(), works.end(),
                             [&](const Work& known) { return known.desired == application; });
    if (work == works.end()) work = works.insert(works.end(), Work{application, {}, {}});
    work->changes.push_back(&change);
  }
  return works;
}

Result<void> resolve_all(std::vector<Work>& works, const ApplyWorld& world,
                         const ApplyOptions& options) {
  std::vector<const DesiredApplication*> applications;
  for (const Work& work : works) {
    const bool needed = std::any_of(work.changes.begin(), work.changes.end(),
                                    [](const Change* change) { return needs_secrets(*change); });
    applications.push_back(needed ? work.desired : nullptr);
  }
  auto values = resolve_secrets(applications, world.environment, options.root, options.parallelism);
  if (!values) return fail(values.error());
  for (std::size_t i = 0; i < works.size(); ++i) works[i].secrets = std::move((*values)[i]);
  return {};
}

ChangeOutcome outcome_of(const Change& change) {
  ChangeOutcome outcome;
  outcome.id = change.id;
  outcome.type = change.type;
  outcome.application = change.application;
  return outcome;
}

/// What an error leaves of its change.
OutcomeState state_after(const Error& error, const ApplicationRun& run) {
  if (error.kind == ErrorKind::stale) return OutcomeState::stale;
  if (run.in_doubt()) return OutcomeState::unknown;
  if (error.kind != ErrorKind::cancelled) return OutcomeState::failed;
  return run.writes() == 0 ? OutcomeState::skipped : OutcomeState::unknown;
}

/// One application, change after change.
class WorkRun {
 public:
  WorkRun(const RunContext& context, Work& work) : context_(context), run_(context, *work.desired) {
    run_.secrets = std::move(work.secrets);
    for (const Change* change : work.changes) {
      if (change->type == ChangeType::job_restart) ++run_.restarts_left;
    }
  }

  ChangeOutcome carry_out(const Change& change) {
    ChangeOutcome outcome = outcome_of(change);
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

 private:
  void attempt(const Change& change, ChangeOutcome& outcome) {
    context_.world.listener.started(change);
    const Instant begun = run_.now();
    run_.begin(change);
    const StepResult result = located(change) ? run_step(run_, change) : fail(*lost_);
    outcome.writes = run_.writes();
    outcome.duration = run_.now() - begun;
    if (result) {
      outcome.detail = *result;
      return;
    }
    outcome.state = state_after(result.error(), run_);
    outcome.error = result.error();
    if (outcome.state == OutcomeState::skipped) {
      interrupt(outcome);
      return;
    }
    blocker_ = fmt::format("because {} {}", change.id, verb(outcome.state));
  }

  /// The ids that every step but a creation starts from.
  bool located(const Change& change) {
    if (change.type == ChangeType::application_instantiate || !run_.service_principal().empty()) {
      return true;
    }
    const auto found = locate(run_);
    if (!found) lost_ = found.error();
    return found.has_value();
  }

  void interrupt(ChangeOutcome& outcome) {
    outcome.state = OutcomeState::skipped;
    outcome.detail = "interrupted";
    outcome.error.reset();
    blocker_ = outcome.detail;
  }

  static const char* verb(OutcomeState state) {
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

  const RunContext& context_;
  ApplicationRun run_;
  std::string blocker_;        ///< why nothing more is done for this application
  std::optional<Error> lost_;  ///< why the application could not be found
};

std::vector<ChangeOutcome> carry_out_all(std::vector<Work>& works, const RunContext& context) {
  std::vector<std::vector<ChangeOutcome>> outcomes(works.size());
  const auto threads = static_cast<std::size_t>(std::max(context.options.parallelism, 1));
  run_parallel(works.size(), threads, [&](std::size_t index) {
    WorkRun run(context, works[index]);
    for (const Change* change : works[index].changes) {
      outcomes[index].push_back(run.carry_out(*change));
      context.world.listener.finished(outcomes[index].back());
    }
  });
  std::vector<ChangeOutcome> all;
  for (auto& part : outcomes) std::move(part.begin(), part.end(), std::back_inserter(all));
  return all;
}

}  // namespace

Result<ApplyReport> apply_plan(const Plan& plan, const Desired& desired, const ApplyWorld& world,
                               const ApplyOptions& options, std::stop_token stop) {
  auto works = group(plan, desired);
  if (!works) return fail(works.error());
  if (auto resolved = resolve_all(*works, world, options); !resolved) {
    return fail(resolved.error());
  }
  const auto journal = Journal::open(options.journal, world.clock);
  if (!journal) return fail(journal.error());
  Backup backup(options.backup, world.clock);
  SerialListener listener(world.listener);
  const ApplyWorld serial{world.reader,      world.writer, world.credentials,
                          world.environment, world.clock,  listener};
  const Grace grace(stop, kGrace);
  const RunContext context{serial,
                           options,
                           Owner{desired.project, desired.environment},
                           desired.guards.secrets_put,
                           **journal,
                           backup,
                           std::move(stop),
                           grace.token()};
  ApplyReport report;
  report.outcomes = carry_out_all(*works, context);
  report.interrupted = context.stop.stop_requested() && !report.all_done();
  report.journal = options.journal.string();
  report.backup = backup.folder();
  return report;
}

}  // namespace syncwright
