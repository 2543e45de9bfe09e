#pragma once

#include <string>
#include <vector>

#include "emulator/exchange.h"
#include "emulator/sign_in/client_credentials.h"
#include "emulator/sign_in/sign_in_request.h"

namespace syncwright::emulator {

/// /TENANT/oauth2/token and /TENANT/oauth2/v2.0/token (docs/graph.md#2).
[[nodiscard]] bool is_token_path(const std::vector<std::string>& segments);

/// A token for the tenant that the path names, or one of the refusals of aadsts.h. Version 1
/// answers numbers as texts.
[[nodiscard]] Reply answer_token_request(const SignInRequest& request, SeenAssertions& seen);

}  // namespace syncwright::emulator
