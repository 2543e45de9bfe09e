#include "cli/job_target.h"

namespace syncwright::cli {

Result<HeldApplication> find_held(const LiveApplications& live, const Desired& desired,
                                  const std::string& application, const std::string& job) {
  auto found = live_application(live, application);
  if (!found) {
    return fail(found.error());
  }
  return syncwright::find_held(**found, *desired.find(application), job);
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
