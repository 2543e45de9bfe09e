#pragma once

#include <string>

#include "emulator/exchange.h"

namespace syncwright::emulator {

/// What `$expand` shows of a service principal: who is assigned to it, and what it is assigned to.
[[nodiscard]] Json assigned_to_on_wire(const Exchange& exchange, const Json& service_principal);
[[nodiscard]] Json assignments_on_wire(const Exchange& exchange, const Json& service_principal);

/// 43 characters of base64url, as app role assignments and permission grants have; unrelated to the
/// ids that they join.
[[nodiscard]] std::string new_grant_id();

}  // namespace syncwright::emulator
