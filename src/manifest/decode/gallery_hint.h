#pragma once

#include <string>
#include <vector>

#include "syncwright/core/diagnostic.h"
#include "syncwright/model/desired.h"

namespace syncwright {

/// `gallery` looks like a misspelt name among those known offline. A note: the tenant's gallery has
/// thousands that are not known here, and only the plan can tell.
inline constexpr const char* kNearGalleryCode = "SW2038";

/// SW2038, where one of `known` (display names) is near and none is meant.
void hint_at_gallery(const DesiredApplication& application, const std::vector<std::string>& known,
                     Diagnostics& diagnostics);

}  // namespace syncwright
