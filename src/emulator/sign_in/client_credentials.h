#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emulator/sign_in/assertion.h"
#include "emulator/sign_in/sign_in_request.h"

namespace syncwright::emulator {

/// The certificate that a member of `keyCredentials` holds, good no longer than the credential is;
/// nullopt where `key` is no base64 of one. What may be registered and what signs in are the same.
[[nodiscard]] std::optional<Certificate> certificate_of(const Json& key_credential);

/// What a client shows at the token endpoint.
struct ShownCredential {
  std::string client_id;
  std::string tenant_id;
  std::string secret;     ///< of the form or of the Basic header; empty: none
  std::string assertion;  ///< empty: none
};

/// Whether the state forbids that client to sign in at all: its application was deleted, has no
/// service principal left, or is disabled. A client that the state does not know may.
[[nodiscard]] std::optional<Reply> refuse_application(const SignInRequest& request,
                                                      const ShownCredential& shown);

/// Whether the credential is one of those that the state knows of the client's application and
/// service principal. A client of whom it knows none gets in with any secret but `invalid`, and
/// with any assertion that is well made.
[[nodiscard]] std::optional<Reply> refuse_credential(const SignInRequest& request,
                                                     const ShownCredential& shown,
                                                     SeenAssertions& seen);

}  // namespace syncwright::emulator
