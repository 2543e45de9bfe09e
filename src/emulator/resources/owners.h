#pragma once

#include <optional>

#include "emulator/exchange.h"

/// Owners of applications, service principals and groups: ids in the object's `owners`, which the
/// wire never shows (object_type.h).
namespace syncwright::emulator {

/// The owners that requests see, as directory objects.
[[nodiscard]] Json owners_on_wire(const Exchange& exchange, const Json& object);

/// Gives a new object its owners: those that "owners@odata.bind" of the body names, else whoever
/// creates it (docs/graph.md#5.2.4). The refusal where one of them cannot own it.
[[nodiscard]] std::optional<Reply> give_owners(const Exchange& exchange, Json& object);

}  // namespace syncwright::emulator
