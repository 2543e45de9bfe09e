#include "cli/job_target.h"

#include "syncwright/model/job_match.h"

namespace syncwright::cli {

Result<JobTarget> find_job(Session& session, Connection& connection, const Desired& desired,
                           const std::string& application, const std::string& job) {
  auto live = read_jobs(session, connection, desired);
  if (!live) {
    return fail(live.error());
  }
  auto found = live_application(*live, application);
  if (!found) {
    return fail(found.error());
  }
  DesiredJob wanted;
  wanted.key = job;
  for (const DesiredJob& each : desired.find(application)->jobs) {
    if (each.key == job) {
      wanted = each;
    }
  }
  const JobMatch match = match_job(wanted, (*found)->jobs, (*found)->template_ids);
  if (match.job == nullptr) {
    return fail(ErrorKind::invalid_input,
                match.candidates.empty() ? fmt::format("`{}` has no job `{}`", application, job)
                                         : fmt::format("several jobs could be `{}`: {}", job,
                                                       fmt::join(match.candidates, ", ")),
                "`syncwright status` lists the jobs");
  }
  return JobTarget{(*found)->reference.service_principal_id, (*found)->tags, *match.job};
}

}  // namespace syncwright::cli
