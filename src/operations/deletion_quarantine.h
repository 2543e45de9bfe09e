#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "syncwright/operations/job_order.h"

namespace syncwright::operations {

/// A job that is to be restarted.
struct RestartedJob {
  const std::string& application;  ///< the manifest's name
  const std::string& key;          ///< the manifest's job key
  const std::string& service_principal_id;
  const model::LiveJob& job;
};

/// What a person says about the deletions that stopped a job.
struct DeletesVerdict {
  std::optional<std::int64_t> accept;  ///< up to so many objects
  bool reject = false;
};

/// The reset scope of a restart (docs/graph.md#8.3). A job in deletion quarantine is restarted only
/// with a verdict on it: rejected, or accepted up to a figure that covers what its provisioning log
/// says would be deleted; else ErrorKind::guard with that figure. ErrorKind::invalid_input where
/// there is a verdict and nothing to judge.
[[nodiscard]] Result<std::string> restart_scope(const OperationWorld& world,
                                                const RestartedJob& target,
                                                const DeletesVerdict& verdict);

}  // namespace syncwright::operations
