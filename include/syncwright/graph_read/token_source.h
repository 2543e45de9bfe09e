#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/core/environment.h"
#include "syncwright/core/secret.h"
#include "syncwright/http/transport.h"

namespace syncwright::graph_read {

/// What a token says about itself (docs/graph.md#2). Read without verification: for reports and
/// guards.
struct TokenClaims {
  std::string tenant_id;           ///< tid
  std::string app_id;              ///< appid
  std::string user;                ///< upn or unique_name of a delegated token; empty: none
  std::vector<std::string> roles;  ///< application roles, or the words of scp; sorted
  bool delegated = false;          ///< a person signed in; else the application acts on its own
  std::optional<Instant> expires;  ///< nullopt: it does not say
};
/// What the token says; nullopt where it is opaque.
[[nodiscard]] std::optional<TokenClaims> read_claims(std::string_view token);

/// Gives bearer tokens; thread-safe, one exchange at a time, cached until shortly before it
/// expires.
class TokenSource {
 public:
  virtual ~TokenSource() = default;
  /// A usable token. ErrorKind::unauthenticated with Microsoft's AADSTS text (never the secret).
  [[nodiscard]] virtual Result<Secret> token(std::stop_token stop) = 0;
  /// The last token was refused: get another one. False where there is no way to (a ready-made
  /// token).
  virtual bool renew() = 0;
  /// "client secret of app ...", "SYNCWRIGHT_ACCESS_TOKEN": for whoami and error texts.
  [[nodiscard]] virtual std::string description() const = 0;
};

/// The first source that the environment configures (docs/contract.md#2, Authentication); of this
/// release: SYNCWRIGHT_ACCESS_TOKEN, client secret (v2), password grant (v1). Other configured ways
/// are refused by name. ErrorKind::unauthenticated with the list of ways where none is configured;
/// ErrorKind::guard where AZURE_AUTHORITY_HOST is plain http and not a loopback address.
/// The token is asked for `graph_root`, unless that is plain http (an emulator): then for Graph's
/// global host. Nothing is sent before the first `token`.
[[nodiscard]] Result<std::unique_ptr<TokenSource>> make_token_source(
    const Environment& environment, http::HttpTransport& transport, Clock& clock,
    const std::string& graph_root = "https://graph.microsoft.com");

/// A fixed token: the embedded emulator's, and tests'.
[[nodiscard]] std::unique_ptr<TokenSource> make_fixed_token_source(Secret token,
                                                                   std::string description);

/// Whether a URL is one of the token endpoints that make_token_source would post to.
[[nodiscard]] bool is_token_endpoint(const Environment& environment, const std::string& url);

}  // namespace syncwright::graph_read
