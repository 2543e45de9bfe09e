#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "emulator/sign_in/jwt.h"
#include "emulator/sign_in/keys.h"
#include "emulator/sign_in/sign_in_request.h"

namespace syncwright::emulator {

/// The assertions that were accepted and have not expired: each is good for one token. Remembers so
/// many that no test reaches the bound; beyond it those go that expire first.
class SeenAssertions {
 public:
  /// False where it was seen before. `expiry` in seconds since 1970.
  [[nodiscard]] bool first_time(const std::string& client_id, const Jwt& assertion, Instant now);

 private:
  std::map<std::string, std::int64_t> expiry_of_;  // by digest
};

/// Whether an assertion is one that a client signed itself: then it is its own issuer, while those
/// of an identity provider bear its URL.
[[nodiscard]] bool is_self_signed(const Jwt& assertion);

/// What is wrong with an assertion that the client signed with the key of a certificate
/// (docs/graph.md#2.2): algorithm, issuer, audience, times, signature, in this order.
/// `certificates` are those that the state knows of the client; nullptr where anything goes: then
/// only the certificate that the assertion brings along, if it does, has to fit.
[[nodiscard]] std::optional<Reply> refuse_certificate_assertion(
    const SignInRequest& request, const std::string& client_id, const Jwt& assertion,
    const std::vector<Certificate>* certificates);

/// The same of an identity provider's token: times, the signature of the emulator's own issuer
/// (nobody else's keys are fetched), and one of the client's federatedIdentityCredentials that
/// names its issuer, subject and audience, each to the letter. nullptr where anything goes: then
/// only the audience counts.
[[nodiscard]] std::optional<Reply> refuse_federated_assertion(
    const SignInRequest& request, const std::string& client_id, const Jwt& assertion,
    const std::vector<const Json*>* credentials);

/// The bytes of standard base64 (RFC 4648 section 4), of base64url too; nullopt where it is
/// neither.
[[nodiscard]] std::optional<std::string> base64_decode(std::string text);

}  // namespace syncwright::emulator
