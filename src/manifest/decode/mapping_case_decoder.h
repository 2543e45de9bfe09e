#pragma once

#include <optional>
#include <vector>

#include "manifest/decode/field.h"
#include "syncwright/model/mapping_test.h"

namespace syncwright {

/// `spec.cases` of a mapping test. Two cases of one name are SW2011.
[[nodiscard]] std::optional<std::vector<MappingTestCase>> as_mapping_cases(const Field& field);

}  // namespace syncwright
