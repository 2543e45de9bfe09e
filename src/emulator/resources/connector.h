#pragma once

#include <optional>
#include <string>

#include "emulator/resources/synchronization_secrets.h"
#include "syncwright/core/json.h"

namespace syncwright::emulator {

/// What the connected application thinks of credentials: the error it would answer, nullopt where
/// it lets us in. A required key must be there, no masked value may be `*`, and a SecretToken
/// `invalid` is refused.
[[nodiscard]] std::optional<std::string> refuse_credentials(const Json& connector,
                                                            const Secrets& secrets);

/// The code that a refusal carries in quarantines and validations (docs/graph.md#14.3).
constexpr const char* invalid_credentials_code =
    "SystemForCrossDomainIdentityManagementInvalidCredentials";

}  // namespace syncwright::emulator
