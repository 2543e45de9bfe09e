#include "emulator/sign_in/client_credentials.h"

#include <algorithm>
#include <utility>

#include "emulator/sign_in/aadsts.h"
#include "emulator/store/credential_history.h"

namespace syncwright::emulator {

namespace {

/// Everything that proves to be a client, as the state has it.
struct KnownCredentials {
  std::vector<const Json*> passwords;  ///< passwordCredentials
  std::vector<Certificate> certificates;
  std::vector<const Json*> federated;  ///< federatedIdentityCredentials
  bool had_some = false;

  [[nodiscard]] bool empty() const {
    return !had_some && passwords.empty() && certificates.empty() && federated.empty();
  }
};

void collect_credentials(const Json& object, KnownCredentials& known) {
  known.had_some = known.had_some || had_credentials(object);
  for (const Json& password : list_or_empty(object, "passwordCredentials")) {
    known.passwords.push_back(&password);
  }
  for (const Json& key : list_or_empty(object, "keyCredentials")) {
    if (!proves_client(key)) continue;
    std::optional<Certificate> certificate = certificate_of(key);
    if (certificate) known.certificates.push_back(std::move(*certificate));
  }
}

KnownCredentials known_credentials(const Store& store, const std::string& client_id) {
  KnownCredentials known;
  for (const Replicated* application : store.applications.with("appId", client_id)) {
    collect_credentials(application->value(), known);
    for (const Json* credential :
         store.federated_credentials.with("application", string_or(application->value(), "id"))) {
      known.federated.push_back(credential);
    }
  }
  for (const Replicated* principal : store.service_principals.with("appId", client_id)) {
    if (!principal->is_deleted()) collect_credentials(principal->value(), known);
  }
  return known;
}

bool is_expired(const Json& password, Instant now) {
  const std::optional<Instant> end = parse_rfc3339(string_or(password, "endDateTime"));
  return end && *end <= now;
}

std::optional<Reply> refuse_secret(const SignInRequest& request, const ShownCredential& shown,
                                   const KnownCredentials& known) {
  if (known.empty()) {
    if (shown.secret != "invalid") return std::nullopt;
    return refuse(Aadsts::wrong_secret, request.now);
  }
  bool has_expired = false;
  for (const Json* password : known.passwords) {
    const Json* digest = request.store.password_digests.find(string_or(*password, "keyId"));
    if (!digest || string_or(*digest, "digest") != sha256(shown.secret)) continue;
    if (!is_expired(*password, request.now)) return std::nullopt;
    has_expired = true;
  }
  if (has_expired) return refuse(Aadsts::expired_secret, request.now, shown.client_id);
  return refuse(Aadsts::wrong_secret, request.now);
}

/// [G] The reference says that `jti` is there so that an assertion serves once, and nothing of what
/// happens to the second time (docs/graph.md#2.3). Tokens of identity providers are presented again
/// and again until they expire.
bool assumed_assertions_serve_once() {
  return true;
}

}  // namespace

std::optional<Certificate> certificate_of(const Json& key_credential) {
  const std::optional<std::string> bytes = base64_decode(string_or(key_credential, "key"));
  std::optional<Certificate> certificate = bytes ? Certificate::read(*bytes) : std::nullopt;
  const std::optional<Instant> end = parse_rfc3339(string_or(key_credential, "endDateTime"));
  if (certificate && end) certificate->not_after = std::min(certificate->not_after, *end);
  return certificate;
}

std::optional<Reply> refuse_application(const SignInRequest& request,
                                        const ShownCredential& shown) {
  const Store& store = request.store;
  const auto applications = store.applications.with("appId", shown.client_id);
  if (applications.empty()) return std::nullopt;
  if (applications.front()->is_deleted()) {
    return refuse(Aadsts::deleted_application, request.now, shown.client_id, shown.tenant_id);
  }
  for (const Replicated* principal : store.service_principals.with("appId", shown.client_id)) {
    if (principal->is_deleted()) continue;
    if (bool_or(principal->value(), "accountEnabled", true)) return std::nullopt;
    return refuse(Aadsts::disabled_application, request.now, shown.client_id,
                  string_or(principal->value(), "displayName"));
  }
  return refuse(Aadsts::no_service_principal, request.now, shown.client_id, shown.tenant_id);
}

std::optional<Reply> refuse_credential(const SignInRequest& request, const ShownCredential& shown,
                                       SeenAssertions& seen) {
  const KnownCredentials known = known_credentials(request.store, shown.client_id);
  if (shown.assertion.empty()) {
    if (!shown.secret.empty()) return refuse_secret(request, shown, known);
    return refuse(Aadsts::no_credential, request.now);
  }
  const std::optional<Jwt> assertion = Jwt::parse(shown.assertion);
  if (!assertion) return refuse(Aadsts::malformed_assertion, request.now);
  if (!is_self_signed(*assertion)) {
    return refuse_federated_assertion(request, shown.client_id, *assertion,
                                      known.empty() ? nullptr : &known.federated);
  }
  if (auto refusal = refuse_certificate_assertion(request, shown.client_id, *assertion,
                                                  known.empty() ? nullptr : &known.certificates)) {
    return refusal;
  }
  if (assumed_assertions_serve_once() &&
      !seen.first_time(shown.client_id, *assertion, request.now)) {
    return refuse(Aadsts::invalid_assertion, request.now, "its jti was presented before");
  }
  return std::nullopt;
}

}  // namespace syncwright::emulator
