#pragma once

#include <optional>

#include "emulator/exchange.h"

namespace syncwright::emulator {

/// The refusal where another application of the tenant has one of the `identifierUris` that
/// `application` has and `before` has not (docs/graph.md#5.2.10).
[[nodiscard]] std::optional<Reply> check_identifier_uris(const Exchange& exchange,
                                                         const Json& before,
                                                         const Json& application);

}  // namespace syncwright::emulator
