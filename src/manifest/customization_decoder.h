#pragma once

#include <optional>

#include "field.h"
#include "syncwright/schema/customization.h"

namespace syncwright {

/// A job's `schema`. Two entries of one identity are SW2011.
[[nodiscard]] std::optional<Customization> as_customization(const Field& field);

}  // namespace syncwright
