#include "cli/job_target.h"

#include <algorithm>

#include "syncwright/model/job_match.h"

namespace syncwright::cli {
namespace {

std::vector<std::string> others_that_ran(const LiveApplication& live, const std::string& id) {
  std::vector<std::string> others;
  for (const LiveJob& job : live.jobs) {
    if (job.id != id && (job.started() || job.may_have_provisioned())) {
      others.push_back(job.id);
    }
  }
  return others;
}

}  // namespace

Result<HeldApplication> find_held(const LiveApplications& live, const Desired& desired,
                                  const std::string& application, const std::string& job) {
  auto found = live_application(live, application);
  if (!found) {
    return fail(found.error());
  }
  const std::vector<DesiredJob>& entries = desired.find(application)->jobs;
  const auto named = std::find_if(entries.begin(), entries.end(),
                                  [&job](const DesiredJob& entry) { return entry.key == job; });
  const LiveApplication& live_one = **found;
  DesiredJob by_key;  // that no manifest describes
  by_key.key = job;
  const JobMatch match = named == entries.end()
                             ? match_job(by_key, {}, live_one.jobs, live_one.template_ids)
                             : match_job(*named, entries, live_one.jobs, live_one.template_ids);
  if (!match.candidates.empty()) {
    return fail(
        ErrorKind::invalid_input,
        fmt::format("several jobs could be `{}`: {}", job, fmt::join(match.candidates, ", ")),
        "`syncwright status` lists the jobs");
  }
  const std::string& principal = live_one.reference.service_principal_id;
  if (match.job == nullptr) {
    return HeldApplication{principal, std::nullopt};
  }
  return HeldApplication{principal, JobTarget{principal, live_one.tags, *match.job,
                                              others_that_ran(live_one, match.job->id)}};
}

Error no_such_job(const std::string& application, const std::string& job) {
  return Error{ErrorKind::invalid_input,
               fmt::format("`{}` has no job `{}`", application, job),
               "`syncwright status` lists the jobs",
               0,
               "",
               ""};
}

Result<NamedJob> find_only_job(Session& session, const Project& project, const std::string& job) {
  const Desired& desired = project.loaded.desired;
  const std::string& application = desired.applications.front().name;
  auto live = read_jobs(session, project);
  if (!live) {
    return fail(live.error());
  }
  auto held = find_held(*live, desired, application, job);
  if (!held) {
    return fail(held.error());
  }
  if (!held->job) {
    return fail(no_such_job(application, job));
  }
  return NamedJob{application, std::move(*held)};
}

}  // namespace syncwright::cli
