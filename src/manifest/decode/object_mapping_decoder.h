#pragma once

#include <optional>
#include <vector>

#include "manifest/decode/field.h"
#include "syncwright/schema/customization.h"

namespace syncwright {

/// An entry of `schema.mappings`, with the definitions that its attributes `define:`.
struct DecodedObjectMapping {
  ObjectMappingRequest request;
  std::vector<AttributeDefinitionRequest> definitions;
};

[[nodiscard]] std::optional<DecodedObjectMapping> as_object_mapping(const Field& field);

}  // namespace syncwright
