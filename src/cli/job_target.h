#pragma once

#include <optional>
#include <string>

#include "cli/planning.h"

namespace syncwright::cli {

/// The live job that an application's name and `--job KEY` mean.
struct JobTarget {
  std::string service_principal_id;
  std::vector<std::string> tags;  ///< of the service principal
  LiveJob job;
  std::vector<std::string> others;  ///< ids of the application's other jobs that run or ran
};

/// An application whose job may be gone: a hold lies on the service principal.
struct HeldApplication {
  std::string service_principal_id;
  std::optional<JobTarget> job;
};

/// The same, by the manifest's name.
struct NamedJob {
  std::string application;
  HeldApplication held;
};

/// ErrorKind::invalid_input where the application is not in the tenant, or more than one job could
/// be meant.
[[nodiscard]] Result<HeldApplication> find_held(const LiveApplications& live,
                                                const Desired& desired,
                                                const std::string& application,
                                                const std::string& job);
/// ErrorKind::invalid_input.
[[nodiscard]] Error no_such_job(const std::string& application, const std::string& job);
/// The job of the one application that the run was narrowed to; ErrorKind::invalid_input where
/// there is none.
[[nodiscard]] Result<NamedJob> find_only_job(Session& session, const Project& project,
                                             const std::string& job);

}  // namespace syncwright::cli
