#pragma once

#include <map>
#include <string>
#include <vector>

#include "syncwright/core/environment.h"
#include "syncwright/core/error.h"
#include "syncwright/core/secret.h"
#include "syncwright/model/desired.h"

namespace syncwright {

/// The values of one application's references, by key.
using SecretValues = std::map<std::string, Secret>;

/// Resolves every reference of the applications, up to `parallelism` at a time; an application that
/// is nullptr has none. ErrorKind::invalid_input names each reference that has no value, with its
/// application and key: nothing may be written then.
[[nodiscard]] Result<std::vector<SecretValues>> resolve_secrets(
    const std::vector<const DesiredApplication*>& applications, const Environment& environment,
    const std::filesystem::path& root, int parallelism);

}  // namespace syncwright
