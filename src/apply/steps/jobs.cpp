#include "apply/steps/jobs.h"

#include <fmt/format.h>

#include <algorithm>

#include "syncwright/model/job_match.h"

namespace syncwright {

namespace {

Error gone(const ApplicationRun& run, const std::string& key, const std::string& why) {
  Error error;
  error.kind = ErrorKind::stale;
  error.message = fmt::format("job {} of application {} {}", key, run.desired.name, why);
  error.advice = "Plan again.";
  return error;
}

Result<LiveJob> match_listed_job(ApplicationRun& run, const std::string& key) {
  const DesiredJob& desired = desired_job(run, key);
  const auto jobs = run.settled_read<std::vector<LiveJob>>(
      run.subject("the jobs to be readable"),
      [&] { return run.reader().jobs(run.service_principal(), run.in_flight()); });
  if (!jobs) return fail(jobs.error());
  std::vector<std::string> template_ids;
  if (needs_template_ids(desired, run.desired.jobs, *jobs)) {
    auto listed = run.reader().synchronization_templates(run.service_principal(), run.in_flight());
    if (!listed) return fail(listed.error());
    template_ids = std::move(*listed);
  }
  const JobMatch match = match_job(desired, run.desired.jobs, *jobs, template_ids);
  if (match.job != nullptr) return *match.job;
  return fail(gone(
      run, key,
      match.candidates.empty() ? "is not there any more" : "cannot be told from others any more"));
}

}  // namespace

const DesiredJob& desired_job(const ApplicationRun& run, const std::string& key) {
  const auto& jobs = run.desired.jobs;
  return *std::find_if(jobs.begin(), jobs.end(),
                       [&](const DesiredJob& job) { return job.key == key; });
}

Subject job_subject(const ApplicationRun& run, const std::string& key, Subject subject) {
  if (run.in_doubt()) return subject;
  const auto known = run.jobs.find(key);
  if (known != run.jobs.end() && known->second.born) subject.born = known->second.born;
  return subject;
}

Result<LiveJob> read_job(ApplicationRun& run, const std::string& key) {
  const auto known = run.jobs.find(key);
  if (known == run.jobs.end()) {
    auto job = match_listed_job(run, key);
    if (job) run.jobs[key] = {job->id, std::nullopt};
    return job;
  }
  const std::string id = known->second.id;
  auto job = settle<LiveJob>(
      run.patience(), job_subject(run, key, run.subject("the job to be readable")),
      [&] { return run.reader().job(run.service_principal(), id, run.in_flight()); });
  if (!job && job.error().kind == ErrorKind::not_found) {
    return fail(gone(run, key, "is not there any more"));
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
  for (const DesiredJob& job : run.desired.jobs) {
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

}  // namespace syncwright
