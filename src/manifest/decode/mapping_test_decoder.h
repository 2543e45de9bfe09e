#pragma once

#include <optional>

#include "manifest/decode/field.h"
#include "syncwright/model/mapping_test.h"

namespace syncwright::manifest {

/// A document of kind MappingTest; without a name where that is missing or at fault. The file under
/// `schema` must be there, inside the project; what names point at other documents is checked by
/// manifest/manifest_checks.h.
[[nodiscard]] std::optional<model::MappingTest> as_mapping_test(const Field& document);

}  // namespace syncwright::manifest
