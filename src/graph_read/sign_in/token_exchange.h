#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "graph_read/sign_in/token_grant.h"

namespace syncwright::graph_read {

/// The secret, assertion or password of one exchange.
using Proof = std::function<Result<Secret>(std::stop_token)>;

/// How a token is got from a token endpoint: a form POST (docs/graph.md#2).
struct TokenExchange {
  std::string url;
  std::string description;
  std::vector<std::pair<std::string, std::string>> fields;  ///< sent as they are
  std::string proof_field;                                  ///< "client_secret", "password"
  Proof proof;                                              ///< asked before each exchange
};

/// The exchange as a grant. ErrorKind::guard where the endpoint is plain http and not loopback.
[[nodiscard]] Result<std::unique_ptr<TokenGrant>> make_exchange(TokenExchange exchange,
                                                                const SignInContext& context);

/// An application's exchange at the v2 endpoint, proved by `client_secret`.
[[nodiscard]] TokenExchange secret_exchange(const SignInContext& context, Proof proof);
/// The same, proved by a signed assertion (a JWT); "`kind` of app ...".
[[nodiscard]] TokenExchange assertion_exchange(const SignInContext& context,
                                               const std::string& kind, Proof proof);

/// The token endpoint of AZURE_TENANT_ID: authority, tenant and `tail` ("/oauth2/v2.0/token").
[[nodiscard]] std::string token_endpoint(const Environment& environment, const std::string& tail);

/// AZURE_CLIENT_ID, fit for a message.
[[nodiscard]] std::string client_in_words(const Environment& environment);

/// A variable that is a secret, which lives (and is therefore redacted) as long as the proof.
[[nodiscard]] Proof secret_variable(const Environment& environment, const std::string& name);

}  // namespace syncwright::graph_read
