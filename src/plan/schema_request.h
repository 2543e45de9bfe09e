#pragma once

#include <vector>

#include "syncwright/schema/customization.h"
#include "syncwright/schema/schema_diff.h"

namespace syncwright {

/// What a customization asks of a schema that cannot be read yet (docs/contract.md#5, provisional):
/// a field for each request, in the manifest's order, `before` {"unknown": true}. Paths are those
/// of FieldChange as far as the manifest tells: "User/officeCode" where no rule and no target are
/// named.
[[nodiscard]] std::vector<FieldChange> requested_fields(const Customization& customization);

}  // namespace syncwright
