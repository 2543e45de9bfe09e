#include "apply/steps/jobs.h"

#include <fmt/format.h>

#include <algorithm>

#include "apply/steps/identity.h"
#include "syncwright/model/job_match.h"

namespace syncwright::apply {

namespace {

Error stale_job(const ApplicationRun& run, const std::string& key, const std::string& why) {
  Error error;
  error.kind = ErrorKind::stale;
  error.message = fmt::format("job {} of application {} {}", key, run.desired.name, why);
  error.advice = "Plan again.";
  return error;
}

Result<std::vector<model::LiveJob>> read_jobs(const ApplicationRun& run) {
  return run.read<std::vector<model::LiveJob>>("the jobs to be readable", [&] {
    return run.reader().jobs(run.service_principal(), run.in_flight());
  });
}

Result<model::LiveJob> match_listed_job(ApplicationRun& run, const std::string& key) {
  const model::DesiredJob& desired = desired_job(run, key);
  const auto jobs = read_jobs(run);
  if (!jobs) return fail(jobs.error());
  std::vector<std::string> template_ids;
  if (model::needs_template_ids(desired, run.desired.jobs, *jobs)) {
    auto listed = run.reader().synchronization_templates(run.service_principal(), run.in_flight());
    if (!listed) return fail(listed.error());
    template_ids = std::move(*listed);
  }
  const model::JobMatch match = model::match_job(desired, run.desired.jobs, *jobs, template_ids);
  if (match.job != nullptr) return *match.job;
  return fail(stale_job(
      run, key,
      match.candidates.empty() ? "is not there any more" : "cannot be told from others any more"));
}

bool was_restarted_here(const ApplicationRun& run, const std::string& id) {
  return std::any_of(run.jobs.begin(), run.jobs.end(), [&id](const auto& known) {
    return known.second.id == id && known.second.restarted;
  });
}

/// The ids of the application's jobs that run or ran, whether a manifest names them or not, but for
/// those that this run restarted or deleted.
Result<std::vector<std::string>> jobs_to_restart(const ApplicationRun& run,
                                                 const std::string& deleted = {}) {
  const auto jobs = read_jobs(run);
  if (!jobs) return fail(jobs.error());
  std::vector<std::string> ids;
  for (const model::LiveJob& job : *jobs) {
    if (job.id == deleted || was_restarted_here(run, job.id)) continue;
    if (job.is_started() || job.may_have_provisioned()) ids.push_back(job.id);
  }
  return ids;
}

}  // namespace

const model::DesiredJob& desired_job(const ApplicationRun& run, const std::string& key) {
  const auto& jobs = run.desired.jobs;
  return *std::find_if(jobs.begin(), jobs.end(),
                       [&](const model::DesiredJob& job) { return job.key == key; });
}

PollTarget job_target(const ApplicationRun& run, const std::string& key, PollTarget target) {
  if (run.session().in_doubt()) return target;
  const auto known = run.jobs.find(key);
  if (known != run.jobs.end() && known->second.born) target.born = known->second.born;
  return target;
}

Result<model::LiveJob> read_job(ApplicationRun& run, const std::string& key) {
  const auto known = run.jobs.find(key);
  if (known == run.jobs.end()) {
    auto job = match_listed_job(run, key);
    if (job) run.jobs[key] = {job->id, std::nullopt};
    return job;
  }
  const std::string id = known->second.id;
  auto job = poll<model::LiveJob>(
      run.policy(), job_target(run, key, run.session().target("the job to be readable")),
      [&] { return run.reader().job(run.service_principal(), id, run.in_flight()); });
  if (!job && job.error().kind == ErrorKind::not_found) {
    return fail(stale_job(run, key, "is not there any more"));
  }
  return job;
}

Result<std::string> job_id(ApplicationRun& run, const std::string& key) {
  if (const auto known = run.jobs.find(key); known != run.jobs.end()) return known->second.id;
  const auto live = read_job(run, key);
  if (!live) return fail(live.error());
  return live->id;
}

Result<std::string> any_job(ApplicationRun& run) {
  for (const model::DesiredJob& job : run.desired.jobs) {
    if (job.absent) continue;
    auto id = job_id(run, job.key);
    if (id || id.error().kind != ErrorKind::stale) return id;
  }
  const auto jobs = run.reader().jobs(run.service_principal(), run.in_flight());
  if (!jobs) return fail(jobs.error());
  if (!jobs->empty()) return jobs->front().id;
  return fail(ErrorKind::stale, fmt::format("application {} has no job to try credentials through",
                                            run.desired.name));
}

Result<void> mark_pending_restarts(ApplicationRun& run) {
  const auto waiting = jobs_to_restart(run);
  if (!waiting) return fail(waiting.error());
  if (waiting->empty()) return {};
  return edit_own_tags(run, {{std::string(model::kPendingRestartTag)}, {}});
}

Result<void> clear_pending_restart(ApplicationRun& run, const std::string& key) {
  run.jobs.at(key).restarted = true;
  const auto waiting = jobs_to_restart(run);
  if (!waiting) return fail(waiting.error());
  const auto tags = fresh_tags(run);
  if (!tags) return fail(tags.error());
  model::TagEdit edit = model::after_restart(*tags, *waiting);
  join_closing(run, edit);
  return edit_own_tags(run, edit);
}

Result<void> drop_pending_restart(ApplicationRun& run, const std::string& deleted_job) {
  const auto tags = fresh_tags(run);
  if (!tags) return fail(tags.error());
  if (!model::awaits_restart(*tags, deleted_job)) return {};
  const auto waiting = jobs_to_restart(run, deleted_job);
  if (!waiting) return fail(waiting.error());
  return edit_own_tags(run, model::after_restart(*tags, *waiting));
}

}  // namespace syncwright::apply
