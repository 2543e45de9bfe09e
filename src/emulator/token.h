#pragma once

#include <optional>
#include <string>

#include "emulator/exchange.h"
#include "syncwright/core/clock.h"
#include "syncwright/http/transport.h"

namespace syncwright::emulator {

/// Whose grants a token holds.
enum class TokenKind {
  application,  ///< grants in `roles`
  delegated,    ///< grants in `scp`, as a password grant gives
};

/// A JWT of three parts with every grant, good for an hour. Nobody signs it. `user` is the
/// userPrincipalName of a delegated one.
[[nodiscard]] std::string make_token(TokenKind kind, const std::string& tenant_id,
                                     const std::string& client_id, Instant now,
                                     const std::string& user = {});

/// Who sends the bearer token; else `refusal` gets the 401 of docs/graph.md#3: none, malformed,
/// expired by `now`, or for another audience. The signature is not looked at.
[[nodiscard]] std::optional<Caller> bearer(const http::HttpHeaders& headers, Instant now,
                                           Reply& refusal);

/// The token endpoints (docs/graph.md#2): any tenant, any client and any secret but `invalid`. The
/// token is for the tenant that the path names.
[[nodiscard]] bool is_token_path(const std::vector<std::string>& segments);
[[nodiscard]] Reply issue(const Store& store, const std::vector<std::string>& segments,
                          const http::HttpRequest& request, Instant now);

}  // namespace syncwright::emulator
