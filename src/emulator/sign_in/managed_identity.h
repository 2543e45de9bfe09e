#pragma once

#include <optional>

#include "emulator/exchange.h"
#include "emulator/sign_in/arc_agent.h"
#include "emulator/sign_in/sign_in_request.h"

namespace syncwright::emulator {

/// What the emulated App Service expects in X-IDENTITY-HEADER: the value of IDENTITY_HEADER.
inline constexpr const char* identity_header = "emulated-identity-header";

/// The endpoints at which a machine gets tokens of its managed identity (docs/graph.md#2.8): that
/// of virtual machines and of Azure Arc's agent, /metadata/identity/oauth2/token, which their
/// versions tell apart, and that of App Service, /msi/token. nullopt where the path is neither.
[[nodiscard]] std::optional<Reply> answer_managed_identity(const SignInRequest& request,
                                                           ArcAgent& arc_agent);

}  // namespace syncwright::emulator
