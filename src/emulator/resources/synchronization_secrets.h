#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/exchange.h"

namespace syncwright::emulator {

/// What Graph knows about a key of the enum synchronizationSecret (docs/graph.md#10.3, exact case).
enum class SecretKind {
  clear,   ///< read back as it was written
  masked,  ///< read back as "*"
  json,    ///< clear, holds a JSON document, never ""
};

/// nullopt where the enum has no such member.
[[nodiscard]] std::optional<SecretKind> secret_kind(std::string_view key);

using Secrets = std::map<std::string, std::string>;

/// The pairs of a list [{key, value}]; nullopt and `refusal` where one is malformed or unknown.
[[nodiscard]] std::optional<Secrets> read_secrets(const Json& pairs, const Call& call,
                                                  Reply& refusal);

}  // namespace syncwright::emulator
