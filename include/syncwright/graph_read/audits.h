#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/graph_read/connection.h"
#include "syncwright/model/live.h"

namespace syncwright::graph_read {

/// Whose edits are asked for, by ids of service principals.
struct EditQuery {
  std::vector<std::string> provisioning;  ///< edits of jobs, schemas and settings
  std::vector<std::string> directory;     ///< edits of the service principal and its assignments
  Instant since;                          ///< the earliest edit that is asked for
  std::size_t limit = 500;                ///< entries
};

/// The edits that were found.
struct EditLog {
  std::vector<model::LiveEdit> edits;  ///< newest first
  bool cut = false;                    ///< the log has older entries that were not read
};

/// The successful edits of directoryAudits (docs/graph.md#5.11), at most `limit`. One query
/// for each of the two kinds, none for a kind without an id, since the log takes five requests in
/// ten seconds (docs/graph.md#4); entries lag by minutes.
[[nodiscard]] Result<EditLog> read_edits(GraphConnection& connection, const EditQuery& query,
                                         const std::stop_token& stop);

}  // namespace syncwright::graph_read
