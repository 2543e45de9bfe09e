#pragma once

#include <optional>

#include "emulator/exchange.h"

namespace syncwright::emulator {

/// What an application offers to be assigned and consented to: `appRoles` and
/// `api.oauth2PermissionScopes`. Fills in what a new one may leave out, and refuses one without an
/// id of its own, and the removal of an enabled one ("appRole resource type", docs/graph.md#5.2.3).
[[nodiscard]] std::optional<Reply> check_entitlements(const Json& before, Json& application);

}  // namespace syncwright::emulator
