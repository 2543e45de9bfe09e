#pragma once

#include <optional>

#include "emulator/exchange.h"
#include "emulator/sign_in/sign_in_request.h"

namespace syncwright::emulator {

/// What the emulated App Service expects in X-IDENTITY-HEADER: the value of IDENTITY_HEADER.
inline constexpr const char* identity_header = "emulated-identity-header";

/// The endpoints at which a machine gets tokens of its managed identity (docs/graph.md#2): that of
/// virtual machines, /metadata/identity/oauth2/token, and that of App Service, /msi/token. nullopt
/// where the path is neither.
[[nodiscard]] std::optional<Reply> answer_managed_identity(const SignInRequest& request);

}  // namespace syncwright::emulator
