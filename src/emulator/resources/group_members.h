#pragma once

#include <optional>

#include "emulator/exchange.h"

namespace syncwright::emulator {

/// Adds the objects that a list of reference URLs names ("members@odata.bind"; at most 20, as
/// "Add members" of the reference says) to a group, all or none. Anything but a list of texts, an
/// unknown object and one that is a member already are refused.
[[nodiscard]] std::optional<Reply> add_members(const Exchange& exchange, const Json& references,
                                               Json& group);

}  // namespace syncwright::emulator
