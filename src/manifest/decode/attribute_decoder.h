#pragma once

#include <optional>

#include "manifest/decode/field.h"
#include "syncwright/schema/customization.h"

namespace syncwright::manifest {

/// An entry of `schema.attributes`.
[[nodiscard]] std::optional<schema::AttributeDefinitionRequest> as_attribute_definition(
    const Field& field);

/// An entry of `mappings[].attributes`: its key is the target attribute.
struct DecodedAttributeMapping {
  schema::AttributeMappingRequest request;
  std::optional<schema::AttributeDefinitionRequest>
      definition;  ///< of `define:`, without its place
};

/// A plain text is an expression; a mapping says more.
[[nodiscard]] std::optional<DecodedAttributeMapping> as_attribute_mapping(const Field& field);

}  // namespace syncwright::manifest
