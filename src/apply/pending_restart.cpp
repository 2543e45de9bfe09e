#include "pending_restart.h"

#include "known_job.h"
#include "service_principal_write.h"

namespace syncwright {

namespace {

/// The ids of the manifest's jobs that run or ran, but for those that this run restarted.
Result<std::vector<std::string>> jobs_to_restart(ApplicationRun& run) {
  std::vector<std::string> ids;
  for (const DesiredJob& desired : run.desired.jobs) {
    const auto known = run.jobs.find(desired.key);
    if (desired.absent || (known != run.jobs.end() && known->second.restarted)) continue;
    const auto job = read_job(run, desired.key);
    if (!job && job.error().kind == ErrorKind::stale) continue;  // there is no such job
    if (!job) return fail(job.error());
    if (job->started() || job->may_have_provisioned()) ids.push_back(job->id);
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
  if (run.desired.jobs.size() == 1) {
    return write_service_principal(run, after_restart({}, {}), std::nullopt);
  }
  const auto waiting = jobs_to_restart(run);
  if (!waiting) return fail(waiting.error());
  const auto tags = fresh_tags(run);
  if (!tags) return fail(tags.error());
  return write_service_principal(run, after_restart(*tags, *waiting), std::nullopt);
}

}  // namespace syncwright
