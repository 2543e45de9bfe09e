#pragma once

#include <optional>

#include "emulator/exchange.h"

/// Paths with an alternate key, "servicePrincipals(appId='x')" and "applications(uniqueName='x')",
/// and the upsert by one of them (docs/graph.md#5.2).
namespace syncwright::emulator {

/// Makes collection and id of the key, so that every path below works with it; the reference
/// documents it for the object itself only [G]. 404 where no object has the key. An upsert
/// (`PATCH` with `Prefer: create-if-missing`) that finds none becomes the creation: the call is
/// then a POST of the collection, and `call.missing_key` says what the new object has to be called.
[[nodiscard]] std::optional<Reply> resolve_alternate_key(const Store& store, Call& call);

/// Puts the missing key into the body of an upsert; the refusal where the body names another.
[[nodiscard]] std::optional<Reply> add_missing_key(Call& call);

}  // namespace syncwright::emulator
