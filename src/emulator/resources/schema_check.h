#pragma once

#include <optional>

#include "emulator/exchange.h"

namespace syncwright::emulator {

/// What the service refuses in a PUT (docs/graph.md#5.6): 406 for an enum member spelled wrong, 400
/// UnknownError with nested JSON for the rest: a document without rules or directories, a rule
/// whose directory or an object mapping whose object is missing, a mapped object without anchor, a
/// mapping from or to an attribute that is not defined. Rules that `current` lacks are taken [G].
/// `schema` is complete (schema_defaults.h).
[[nodiscard]] std::optional<Reply> check_schema(const Json& schema, const Json& current);

}  // namespace syncwright::emulator
