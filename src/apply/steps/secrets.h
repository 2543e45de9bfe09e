#pragma once

#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "syncwright/core/environment.h"
#include "syncwright/core/error.h"
#include "syncwright/core/secret.h"
#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/plan/credentials.h"

namespace syncwright::apply {

/// The values of one application's references, by key.
using SecretValues = std::map<std::string, Secret>;

/// Resolves every reference of the applications, up to `parallelism` at a time; an application that
/// is nullptr has none. ErrorKind::invalid_input names each reference that has no value, with its
/// application and key: nothing may be written then. `stop` ends the commands and the run.
[[nodiscard]] Result<std::vector<SecretValues>> resolve_secrets(
    const std::vector<const model::DesiredApplication*>& applications,
    const Environment& environment, const std::filesystem::path& root, int parallelism,
    const std::stop_token& stop = {});

/// What a read-back of the secrets collection lacks of what was sent, by key (docs/graph.md#12):
/// masked keys count by presence, clear ones by value, JSON values parsed, booleans without regard
/// to case.
struct StoredSecrets {
  std::vector<std::string> missing;    ///< not there: the count lags, or they were refused
  std::vector<std::string> different;  ///< another value
};
[[nodiscard]] StoredSecrets compare_stored(const plan::SecretsTarget& sent,
                                           const std::vector<model::LiveSecret>& stored);

}  // namespace syncwright::apply
