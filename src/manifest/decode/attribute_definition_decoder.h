#pragma once

#include <optional>

#include "manifest/decode/field.h"
#include "manifest/decode/keys.h"
#include "syncwright/schema/customization.h"

namespace syncwright {

/// An entry of `schema.attributes`.
[[nodiscard]] std::optional<AttributeDefinitionRequest> as_attribute_definition(const Field& field);

/// A mapping's `define:`, which holds the facets alone; the mapping knows name and place.
[[nodiscard]] std::optional<AttributeDefinitionRequest> as_definition_facets(const Field& field);

}  // namespace syncwright
