#pragma once

#include <optional>
#include <vector>

#include "manifest/decode/field.h"
#include "syncwright/schema/customization.h"

namespace syncwright::manifest {

/// An entry of `schema.mappings`, with the definitions that its attributes `define:`.
struct DecodedObjectMapping {
  schema::ObjectMappingRequest request;
  std::vector<schema::AttributeDefinitionRequest> definitions;
};

[[nodiscard]] std::optional<DecodedObjectMapping> as_object_mapping(const Field& field);

}  // namespace syncwright::manifest
