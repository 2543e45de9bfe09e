#pragma once

#include <optional>

#include "field.h"
#include "syncwright/model/desired.h"

namespace syncwright {

/// A document of kind Application. nullopt where its name is missing or at fault; otherwise what
/// could be read, to be used only where the file's diagnostics hold no error.
[[nodiscard]] std::optional<DesiredApplication> as_application(const Field& document);

}  // namespace syncwright
