#pragma once

#include <optional>
#include <string>
#include <vector>

#include "syncwright/core/error.h"
#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"

namespace syncwright::operations {

/// The live job that an application's name and `--job KEY` mean.
struct JobTarget {
  std::string service_principal_id;
  std::vector<std::string> tags;  ///< of the service principal
  model::LiveJob job;
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

/// The job of a live application that a key means, described by its manifest or not.
/// ErrorKind::invalid_input where more than one could be meant.
[[nodiscard]] Result<HeldApplication> find_held(const model::LiveApplication& live,
                                                const model::DesiredApplication& desired,
                                                const std::string& key);
/// ErrorKind::invalid_input.
[[nodiscard]] Error no_such_job(const std::string& application, const std::string& key);

}  // namespace syncwright::operations
