#pragma once

#include <string>

#include "syncwright/core/json.h"

namespace syncwright {

/// The people of an emulated tenant, for whoever writes manifests for it: {"tenant": {...},
/// "users": [...], "groups": [...]}, each user and each group with its members on a line. Ends with
/// a line feed.
[[nodiscard]] std::string render_people(const Json& people);

}  // namespace syncwright
