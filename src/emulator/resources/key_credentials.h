#pragma once

#include <optional>

#include "emulator/exchange.h"

namespace syncwright::emulator {

/// Completes the `keyCredentials` of an application or service principal, where the call's body
/// has set them, or says what is wrong with one: 400 Request_BadRequest (docs/graph.md#5.2.9).
/// `before` is the object as it was: who names a credential of it by `keyId` keeps that one, since
/// no list shows the keys that it would have to send again.
[[nodiscard]] std::optional<Reply> complete_key_credentials(const Call& call, const Json& before,
                                                            Json& object);

}  // namespace syncwright::emulator
