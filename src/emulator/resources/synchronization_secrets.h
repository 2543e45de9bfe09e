#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emulator/exchange.h"
#include "syncwright/core/json.h"

namespace syncwright::emulator {

/// What Graph knows about a key of the enum synchronizationSecret (docs/graph.md#10.3, exact case).
enum class SecretKind {
  clear,   ///< read back as it was written
  masked,  ///< read back as "*"
  json,    ///< clear, holds a JSON document, never ""
};

/// nullopt where the enum has no such member.
[[nodiscard]] std::optional<SecretKind> secret_kind(std::string_view key);

using Secrets = SavedSecrets;

/// The pairs of a list [{key, value}]; nullopt and `refusal` where one is malformed or unknown.
[[nodiscard]] std::optional<Secrets> read_secrets(const Json& pairs, const Call& call,
                                                  Reply& refusal);

/// What the connected application thinks of credentials: the error it would answer, nullopt where
/// it lets us in. A required key must be there, no masked value may be `*`, and a SecretToken
/// `invalid` is refused.
[[nodiscard]] std::optional<std::string> refuse_credentials(const Json& connector,
                                                            const Secrets& secrets);

/// The code that a refusal carries in quarantines and validations (docs/graph.md#14.3).
constexpr const char* invalid_credentials_code =
    "SystemForCrossDomainIdentityManagementInvalidCredentials";

}  // namespace syncwright::emulator
