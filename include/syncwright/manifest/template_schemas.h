#pragma once

#include <functional>
#include <optional>
#include <string>

#include "syncwright/schema/mapping_lint.h"

namespace syncwright {

/// The schema that a job of a gallery application is expected to have, as far as it can be told
/// without the tenant; nullopt where it cannot. `gallery` is the manifest's, a display name or an
/// id; `job` is "default" or the id of a synchronization template. Called from several threads at
/// once. Empty: no schema is known.
using TemplateSchemas =
    std::function<std::optional<KnownSchema>(const std::string& gallery, const std::string& job)>;

}  // namespace syncwright
