#pragma once

#include "emulator/exchange.h"

namespace syncwright::emulator {

/// The manager of a user as a directory object, with every property where `everything`; null where
/// the user has none that the request sees. `user` has an `id`.
[[nodiscard]] Json manager_on_wire(const Exchange& exchange, const Json& user, bool everything);

}  // namespace syncwright::emulator
