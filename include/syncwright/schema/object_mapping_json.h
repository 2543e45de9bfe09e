#pragma once

#include "syncwright/core/json.h"
#include "syncwright/schema/customization.h"

namespace syncwright {

/// What a manifest alone says of an object mapping, as Graph's objectMapping: for runs without a
/// schema. What the manifest leaves out has Graph's default (docs/graph.md#10.1). Attribute
/// mappings that must be absent are left out, and so are those without a source, which only the
/// schema knows.
[[nodiscard]] Json to_object_mapping(const ObjectMappingRequest& request);

}  // namespace syncwright
