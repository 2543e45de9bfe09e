#pragma once

#include <string>
#include <vector>

#include "syncwright/model/live.h"
#include "syncwright/plan/credentials.h"

namespace syncwright {

/// What a read-back of the secrets collection lacks of what was sent, by key (docs/graph.md#12):
/// masked keys count by presence, clear ones by value, JSON values parsed, booleans without regard
/// to case.
struct StoredSecrets {
  std::vector<std::string> missing;    ///< not there: the count lags, or they were refused
  std::vector<std::string> different;  ///< another value
};
[[nodiscard]] StoredSecrets compare_stored(const SecretsTarget& sent,
                                           const std::vector<LiveSecret>& stored);

}  // namespace syncwright
