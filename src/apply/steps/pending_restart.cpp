#include "apply/steps/pending_restart.h"

#include <algorithm>

#include "apply/steps/identity.h"

namespace syncwright {

namespace {

bool restarted_here(const ApplicationRun& run, const std::string& id) {
  return std::any_of(run.jobs.begin(), run.jobs.end(), [&id](const auto& known) {
    return known.second.id == id && known.second.restarted;
  });
}

/// The ids of the application's jobs that run or ran, whether a manifest names them or not, but for
/// those that this run restarted or deleted.
Result<std::vector<std::string>> jobs_to_restart(ApplicationRun& run,
                                                 const std::string& deleted = {}) {
  const auto jobs = run.settled_read<std::vector<LiveJob>>(
      run.subject("the jobs to be readable"),
      [&] { return run.reader().jobs(run.service_principal(), run.in_flight()); });
  if (!jobs) return fail(jobs.error());
  std::vector<std::string> ids;
  for (const LiveJob& job : *jobs) {
    if (job.id == deleted || restarted_here(run, job.id)) continue;
    if (job.started() || job.may_have_provisioned()) ids.push_back(job.id);
  }
  return ids;
}

}  // namespace

Result<void> mark_pending_restarts(ApplicationRun& run) {
  const auto waiting = jobs_to_restart(run);
  if (!waiting) return fail(waiting.error());
  if (waiting->empty()) return {};
  return write_service_principal(run, {{std::string(kPendingRestartTag)}, {}}, std::nullopt);
}

Result<void> clear_pending_restart(ApplicationRun& run, const std::string& key) {
  run.jobs.at(key).restarted = true;
  const auto waiting = jobs_to_restart(run);
  if (!waiting) return fail(waiting.error());
  const auto tags = fresh_tags(run);
  if (!tags) return fail(tags.error());
  return write_service_principal(run, after_restart(*tags, *waiting), std::nullopt);
}

Result<void> drop_pending_restart(ApplicationRun& run, const std::string& deleted_job) {
  const auto tags = fresh_tags(run);
  if (!tags) return fail(tags.error());
  if (!awaits_restart(*tags, deleted_job)) return {};
  const auto waiting = jobs_to_restart(run, deleted_job);
  if (!waiting) return fail(waiting.error());
  return write_service_principal(run, after_restart(*tags, *waiting), std::nullopt);
}

}  // namespace syncwright
