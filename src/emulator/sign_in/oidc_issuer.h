#pragma once

#include <string>

#include "emulator/exchange.h"
#include "emulator/sign_in/sign_in_request.h"

/// An identity provider for workloads, so that federated sign-in can be tried without GitHub, Azure
/// DevOps or a cluster (docs/emulator.md#an-identity-provider-for-workloads).
namespace syncwright::emulator {

/// The issuer's URL below the root that the caller used.
[[nodiscard]] std::string oidc_issuer(const std::string& root);

/// What stands below /oidc: discovery, keys, and a token in the shapes in which GitHub, Azure
/// DevOps and a cluster hand it out.
[[nodiscard]] Reply answer_oidc(const SignInRequest& request);

}  // namespace syncwright::emulator
