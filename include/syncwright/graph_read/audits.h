#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/graph_read/connection.h"
#include "syncwright/model/live.h"

namespace syncwright {

/// The successful edits of directoryAudits that `Account Provisioning` logged for these service
/// principals since then (API.md 5.11), newest first, at most `limit`. One query for all of them,
/// since the log takes five requests in ten seconds (API.md 4); entries lag by minutes.
[[nodiscard]] Result<std::vector<LiveEdit>> read_edits(
    GraphConnection& connection, const std::vector<std::string>& service_principal_ids,
    Instant since, std::size_t limit, std::stop_token stop);

}  // namespace syncwright
