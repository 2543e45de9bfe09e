#pragma once

#include <optional>

#include "manifest/decode/field.h"
#include "syncwright/model/desired.h"

namespace syncwright {

inline constexpr std::size_t kMaxBaseSchemaBytes = 16u << 20u;

/// The file of `schema: {file: ...}`: a whole synchronizationSchema as Graph or the portal's
/// export writes it, inside the project. One that is no such document is SW1017, a fault of its
/// JSON at its place in the file. Read once for each manifest, however many jobs name it.
[[nodiscard]] std::optional<BaseSchema> as_base_schema(const Field& field);

}  // namespace syncwright
