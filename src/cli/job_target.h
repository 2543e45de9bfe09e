#pragma once

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

/// ErrorKind::invalid_input where no manifest has the name, or no job or more than one could be
/// meant.
[[nodiscard]] Result<JobTarget> find_job(Session& session, Connection& connection,
                                         const Desired& desired, const std::string& application,
                                         const std::string& job);

}  // namespace syncwright::cli
