#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/graph_read/connection.h"

namespace syncwright::graph_read {

/// One provisioning log entry (docs/graph.md#5.11, #10.2 provisioningObjectSummary), versions and
/// spellings of samples smoothed out (docs/graph.md#13.38).
struct ProvisioningLogEntry {
  std::string id;
  std::string time;    ///< activityDateTime
  std::string action;  ///< lower camel: create, update, disable, delete, stagedDelete, other
  std::string status;  ///< success, failure, skipped, warning
  std::string source;  ///< display name, else id
  std::string target;
  std::string source_id;  ///< empty where it is not told
  std::string error_code;
  std::string reason;
  std::string recommended_action;
  std::string job_id;
  std::string service_principal_id;
  std::vector<std::pair<std::string, std::string>> modified;  ///< attribute, new value
};

/// Which entries of the provisioning log are asked for.
struct LogQuery {
  std::string service_principal_id;  ///< empty: all
  std::optional<Instant> since;      ///< nullopt: as far back as the log goes
  bool failed_only = false;
  std::size_t limit = 500;  ///< entries
};

/// The entries that the query asks for, newest first.
[[nodiscard]] Result<std::vector<ProvisioningLogEntry>> read_provisioning_logs(
    GraphConnection& connection, const LogQuery& query, std::stop_token stop);

}  // namespace syncwright::graph_read
