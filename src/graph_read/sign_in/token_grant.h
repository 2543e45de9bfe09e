#pragma once

#include <stop_token>
#include <string>

#include "syncwright/core/clock.h"
#include "syncwright/core/environment.h"
#include "syncwright/core/error.h"
#include "syncwright/core/secret.h"
#include "syncwright/graph_read/token_source.h"
#include "syncwright/http/transport.h"

namespace syncwright::graph_read {

/// What every way to sign in may use. Transport and clock outlive the grants that are made of it.
struct SignInContext {
  Environment environment;
  http::HttpTransport&
      transport;  ///< retries by itself; no read-only guard, since tokens are POSTed
  Clock& clock;
  std::string audience;  ///< the root of Graph whose tokens are wanted, without a slash at its end
  std::string tenant;    ///< AZURE_TENANT_ID or the project environment's tenant; empty: neither
  TellWaiting tell_waiting{};
};

/// A token, and how long it is good for from the moment it was asked for.
struct GrantedToken {
  Secret token;
  Milliseconds life{0};
};

/// One way to get a token, once: nothing is kept, so a file or a certificate that rotates is read
/// anew each time. Called by one thread at a time.
class TokenGrant {
 public:
  virtual ~TokenGrant() = default;
  /// ErrorKind::not_found: this way is not there on this machine (no metadata service, no Azure
  /// CLI, nobody signed in). Any other error is the answer of a way that is there.
  [[nodiscard]] virtual Result<GrantedToken> acquire(std::stop_token stop) = 0;
  /// "client secret of app ...": for whoami and error texts.
  [[nodiscard]] virtual std::string description() const = 0;
  /// Whether asking again can give another token.
  [[nodiscard]] virtual bool renewable() const { return true; }
};

}  // namespace syncwright::graph_read
