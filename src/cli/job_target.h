#pragma once

#include <optional>
#include <string>

#include "cli/planning.h"

namespace syncwright::cli {

/// The live job that `--app NAME --job KEY` means.
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

/// ErrorKind::invalid_input where no manifest has the name, or more than one job could be meant.
[[nodiscard]] Result<HeldApplication> find_held(Session& session, Connection& connection,
                                                const Desired& desired,
                                                const std::string& application,
                                                const std::string& job);
/// ErrorKind::invalid_input where there is no job.
[[nodiscard]] Result<JobTarget> existing_job(HeldApplication found, const std::string& application,
                                             const std::string& job);
/// Both at once.
[[nodiscard]] Result<JobTarget> find_job(Session& session, Connection& connection,
                                         const Desired& desired, const std::string& application,
                                         const std::string& job);

}  // namespace syncwright::cli
