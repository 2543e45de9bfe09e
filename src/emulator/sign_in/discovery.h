#pragma once

#include <optional>

#include "emulator/exchange.h"
#include "emulator/sign_in/sign_in_request.h"

namespace syncwright::emulator {

/// What clients ask before they ask for a token: OpenID configuration of both versions, the keys,
/// and which hosts are one cloud. Their URLs have the scheme and host that the caller used. nullopt
/// where the path is none of these.
[[nodiscard]] std::optional<Reply> answer_discovery(const SignInRequest& request);

}  // namespace syncwright::emulator
