#include "syncwright/apply/executor.h"

#include <algorithm>
#include <iterator>
#include <mutex>
#include <utility>

#include "apply/application_changes.h"
#include "apply/application_run.h"
#include "apply/shutdown_deadline.h"
#include "apply/work_run.h"
#include "syncwright/core/worker_pool.h"

namespace syncwright {

namespace {

/// How long a write in flight may go on after a stop request.
constexpr std::chrono::seconds kGrace{30};

/// Hears of everything one call at a time.
class SerialListener final : public ApplyListener {
 public:
  explicit SerialListener(ApplyListener& next) : next_(next) {}
  void started(const Change& change) override {
    const std::scoped_lock lock(mutex_);
    next_.started(change);
  }
  void waiting(const Change& change, const std::string& what, Milliseconds elapsed,
               Milliseconds limit) override {
    const std::scoped_lock lock(mutex_);
    next_.waiting(change, what, elapsed, limit);
  }
  void finished(const ChangeOutcome& outcome) override {
    const std::scoped_lock lock(mutex_);
    next_.finished(outcome);
  }

 private:
  ApplyListener& next_;
  std::mutex mutex_;
};

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
  auto works = works_of(plan, desired);
  if (!works) return fail(works.error());
  if (auto resolved = resolve_all(*works, world, options); !resolved) {
    return fail(resolved.error());
  }
  Backup backup(options.backup, world.clock);
  if (auto ready = backup.ready(); !ready) return fail(ready.error());
  const auto journal = Journal::open(options.journal, world.clock);
  if (!journal) return fail(journal.error());
  SerialListener listener(world.listener);
  const ApplyWorld serial{world.reader,      world.writer, world.credentials,
                          world.environment, world.clock,  listener};
  SharedReads shared(world.reader);
  const Grace grace(stop, kGrace);
  const RunContext context{
      serial, options,         owner_of(desired), desired.guards.secrets_put, **journal, backup,
      shared, std::move(stop), grace.token()};
  ApplyReport report;
  report.outcomes = carry_out_all(*works, context);
  report.interrupted = context.stop.stop_requested() && !report.all_done();
  report.journal = options.journal.string();
  report.backup = backup.folder();
  return report;
}

}  // namespace syncwright
