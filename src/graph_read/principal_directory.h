#pragma once

#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "syncwright/core/single_flight_cache.h"
#include "syncwright/graph_read/graph_reader.h"
#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"

namespace syncwright::graph_read {

/// Who the members of manifests are. A hundred applications that are assigned to one group ask for
/// it once. Thread-safe.
class PrincipalDirectory {
 public:
  explicit PrincipalDirectory(GraphReader& reader) : reader_(reader) {}

  /// By id where it is spelled like one, a user with an `@` by its principal name, everybody else
  /// by display name. None: unknown; several: ambiguous.
  [[nodiscard]] Result<std::vector<model::LivePrincipal>> find(const model::DesiredMember& member,
                                                               const std::stop_token& stop);

 private:
  using Key = std::pair<model::DesiredMember::Type, std::string>;
  [[nodiscard]] Result<std::vector<model::LivePrincipal>> look_up(
      const model::DesiredMember& member, const std::stop_token& stop);

  GraphReader& reader_;
  SingleFlightCache<Key, std::vector<model::LivePrincipal>> known_;
};

}  // namespace syncwright::graph_read
