#pragma once

#include <optional>

#include "manifest/decode/field.h"
#include "syncwright/schema/customization.h"

namespace syncwright {

/// `scopingFilter: {any: [{name, all: [{attribute, operator, values}]}]}` or `{absent: true}`.
[[nodiscard]] std::optional<ScopingFilterRequest> as_scoping_filter(const Field& field);

}  // namespace syncwright
