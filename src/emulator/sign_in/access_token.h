#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emulator/exchange.h"
#include "syncwright/core/clock.h"
#include "syncwright/http/transport.h"

namespace syncwright::emulator {

/// How long a token is good for, in seconds.
inline constexpr std::int64_t token_lifetime = 3599;

/// Microsoft Graph itself, as every tenant has it among its service principals.
inline constexpr const char* graph_app_id = "00000003-0000-0000-c000-000000000000";

/// How a client proved who it is: the claim `appidacr`.
enum class ClientProof { none, secret, assertion };

/// Whom a token is for.
struct TokenHolder {
  std::string tenant_id;
  std::string client_id;
  std::string object_id;            ///< of the service principal, or of the user
  std::string user;                 ///< userPrincipalName; empty where the application acts itself
  std::string audience;             ///< the resource that was asked for
  std::vector<std::string> grants;  ///< application roles, or a user's scopes
  ClientProof proof = ClientProof::none;
};

/// The claims of a Graph access token (docs/graph.md#2): those of version 1.0, whichever endpoint
/// was asked, since Graph asks for that version.
[[nodiscard]] Json access_claims(const TokenHolder& holder, Instant now);

/// The application on its own: its object id and its grants are those of the state.
[[nodiscard]] TokenHolder application_holder(const Store& store, const std::string& tenant_id,
                                             const std::string& client_id);
/// A user who signed in to a client, with every scope.
[[nodiscard]] TokenHolder user_holder(const Store& store, const std::string& tenant_id,
                                      const std::string& client_id, const std::string& user);

/// The resource of a `scope` or a `resource` parameter: what stands before "/.default", without a
/// slash at its end. Graph where nothing is asked for, and where the emulator itself is (`root`,
/// or any loopback address).
[[nodiscard]] std::string audience_of(std::string requested, const std::string& root);

/// A token that nobody signed: what an embedded emulator hands to the command that runs on it.
[[nodiscard]] std::string unsigned_token(const Json& claims);

/// Who sends the bearer token; else `refusal` gets the 401 of docs/graph.md#3: none, malformed,
/// expired by `now`, or for another audience than Graph's in one of the clouds. The signature is
/// not looked at, so that a test can write a token with the very roles that it is about.
[[nodiscard]] std::optional<Caller> bearer(const http::HttpHeaders& headers, Instant now,
                                           Reply& refusal);

}  // namespace syncwright::emulator
