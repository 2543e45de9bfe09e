#pragma once

#include <optional>

#include "manifest/decode/field.h"
#include "syncwright/core/severities.h"

namespace syncwright {

/// `spec.severity` of a Project. A code that is not in the catalog, and an error that must stay
/// one (severities.h), are SW2028.
[[nodiscard]] std::optional<Severities> as_severities(const Field& field);

}  // namespace syncwright
