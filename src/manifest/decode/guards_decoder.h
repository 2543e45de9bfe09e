#pragma once

#include <optional>

#include "manifest/decode/field.h"
#include "syncwright/model/desired.h"

namespace syncwright {

/// `spec.guards` of a Project; what is left out keeps its default.
[[nodiscard]] std::optional<Guards> as_guards(const Field& field);

}  // namespace syncwright
