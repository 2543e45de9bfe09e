#pragma once

#include <functional>
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

/// What became of one way to sign in.
enum class SignInState {
  not_set,      ///< variables that it needs are not set
  not_there,    ///< of the machine, and not there: no metadata service, no Azure CLI
  used,         ///< the token comes from it
  not_reached,  ///< an earlier way was taken
};
[[nodiscard]] const char* to_string(SignInState state);  // "notSet" ... "notReached"

struct SignInWay {
  std::string name;  ///< "client secret", "managed identity"
  SignInState state = SignInState::not_reached;
  std::vector<std::string> missing;  ///< of not_set: "AZURE_CLIENT_ID", "A or B"
  std::string reason;                ///< of not_there: why not
};

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
  /// All ways in their order, and which one is used and why the earlier ones are not; empty for a
  /// token that no way gave. After the first `token` nothing in it changes.
  [[nodiscard]] virtual std::vector<SignInWay> ways() const { return {}; }
};

/// Told what the run waits for and for how long at most, once it has waited for some seconds.
/// Called by the thread that wants a token.
using TellWaiting = std::function<void(const std::string& line)>;

/// The first source that the environment configures, in the order of docs/contract.md#2,
/// Authentication; where nothing is configured, the machine's managed identity, else the Azure CLI.
/// Of a way that is configured by half ErrorKind::unauthenticated names what is missing;
/// ErrorKind::guard where a secret would go over plain http to another machine. Where no way is
/// there at all, the first `token` says so. `transport` retries; tokens are asked for by POST too,
/// so it is not the read-only one. The token is asked for `graph_root`, unless that is plain http
/// (an emulator): then for Graph's global host. `tenant` is whom the Azure CLI is asked for where
/// AZURE_TENANT_ID does not say. Nothing is sent before the first `token`.
[[nodiscard]] Result<std::unique_ptr<TokenSource>> make_token_source(
    const Environment& environment, http::HttpTransport& transport, Clock& clock,
    const std::string& graph_root = "https://graph.microsoft.com", const std::string& tenant = {},
    TellWaiting tell_waiting = {});

/// A fixed token: the embedded emulator's, and tests'.
[[nodiscard]] std::unique_ptr<TokenSource> make_fixed_token_source(Secret token,
                                                                   std::string description);

}  // namespace syncwright::graph_read
