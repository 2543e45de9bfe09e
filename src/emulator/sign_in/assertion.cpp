#include "emulator/sign_in/assertion.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "emulator/sign_in/aadsts.h"
#include "emulator/sign_in/oidc_issuer.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/encoding.h"

namespace syncwright::emulator {

namespace {

constexpr std::int64_t clock_skew = 300;  // seconds
constexpr std::size_t most_seen = 10'000;

/// The audience that identity providers write for Entra ID, in each cloud.
constexpr std::array<std::string_view, 3> exchange_audiences{"api://AzureADTokenExchange",
                                                             "api://AzureADTokenExchangeUSGov",
                                                             "api://AzureADTokenExchangeChina"};

/// Within the years that a time can say: a claim may hold any number.
std::int64_t bounded_seconds(std::int64_t seconds) {
  constexpr std::int64_t latest = 253'402'300'799;  // of the year 9999
  return std::clamp<std::int64_t>(seconds, 0, latest);
}

std::string time_text(std::int64_t seconds) {
  return format_rfc3339(Instant{std::chrono::seconds{bounded_seconds(seconds)}});
}

std::optional<Reply> refuse_times(const SignInRequest& request, const Json& claims) {
  const std::int64_t now = epoch_seconds(request.now);
  const std::int64_t expiry = int_or(claims, "exp", 0);
  const bool has_begun = int_or(claims, "nbf", 0) <= now + clock_skew;
  if (has_begun && expiry > now - clock_skew) return std::nullopt;
  return refuse(Aadsts::assertion_out_of_time, request.now, time_text(now), time_text(expiry));
}

/// A token endpoint of the tenant that the request is for, on whatever host: the emulator answers
/// on any. The issuer's URL is taken as well.
bool names_this_endpoint(const SignInRequest& request, const std::string& audience) {
  if (!audience.starts_with("https://") && !audience.starts_with("http://")) return false;
  std::vector<std::string> segments = RequestTarget::parse(audience).segments;
  if (segments.empty()) return false;
  const std::string tenant = segments.front();
  segments.erase(segments.begin());
  using Path = std::vector<std::string>;
  const bool is_endpoint = segments == Path{"oauth2", "v2.0", "token"} ||
                           segments == Path{"oauth2", "token"} || segments == Path{"v2.0"} ||
                           segments.empty();
  return is_endpoint && named_tenant(request.store, tenant) ==
                            named_tenant(request.store, request.target.segments.front());
}

Reply bad_signature(const SignInRequest& request, const char* reason, std::string_view thumbprint) {
  std::string text;
  for (const char byte : thumbprint) {
    fmt::format_to(std::back_inserter(text), "{:02X}", static_cast<unsigned char>(byte));
  }
  return refuse(Aadsts::wrong_signature, request.now, reason, text);
}

/// The certificate that the assertion brings along: the first of `x5c`.
std::optional<Certificate> brought_certificate(const Json& header) {
  const Json& chain = list_or_empty(header, "x5c");
  if (chain.empty() || !chain.front().is_string()) return std::nullopt;
  const std::optional<std::string> bytes = base64_decode(chain.front().get<std::string>());
  return bytes ? Certificate::read(*bytes) : std::nullopt;
}

/// The digest of the certificate that the header names, by whichever of its three ways.
std::string named_thumbprint(const Json& header) {
  for (const char* name : {"x5t#S256", "x5t"}) {
    const std::string text = string_or(header, name);
    if (!text.empty()) return base64url_decode(text).value_or("");
  }
  const std::optional<Certificate> brought = brought_certificate(header);
  return brought ? brought->sha256 : "";
}

std::optional<Reply> refuse_signature(const SignInRequest& request, const Jwt& assertion,
                                      SignatureScheme scheme, const Certificate& certificate,
                                      std::string_view thumbprint) {
  if (certificate.not_after <= request.now) {
    return bad_signature(request, "The key used is expired.", thumbprint);
  }
  if (!certificate.key.verifies(scheme, assertion.signed_text, assertion.signature)) {
    return bad_signature(
        request, "Key was found, but use of the key to verify the signature failed.", thumbprint);
  }
  return std::nullopt;
}

std::string joined_audiences(const Json& claims) {
  return fmt::format("{}", fmt::join(audiences(claims), " "));
}

bool accepts_audience(const Json& credential, const Json& claims) {
  const Json& accepted = list_or_empty(credential, "audiences");
  const std::vector<std::string> shown = audiences(claims);
  return std::any_of(shown.begin(), shown.end(), [&](const std::string& audience) {
    return std::find(accepted.begin(), accepted.end(), Json(audience)) != accepted.end();
  });
}

bool is_for_exchange(const Json& claims) {
  const std::vector<std::string> shown = audiences(claims);
  return std::any_of(shown.begin(), shown.end(), [](const std::string& audience) {
    return std::find(exchange_audiences.begin(), exchange_audiences.end(), audience) !=
           exchange_audiences.end();
  });
}

std::optional<Reply> refuse_unmatched(const SignInRequest& request, const Json& claims,
                                      std::vector<const Json*> credentials) {
  const std::string issuer = string_or(claims, "iss");
  const std::string subject = string_or(claims, "sub");
  std::erase_if(credentials,
                [&](const Json* each) { return string_or(*each, "issuer") != issuer; });
  if (credentials.empty()) return refuse(Aadsts::unknown_issuer, request.now, issuer);
  std::erase_if(credentials,
                [&](const Json* each) { return string_or(*each, "subject") != subject; });
  if (credentials.empty()) return refuse(Aadsts::unknown_subject, request.now, subject);
  std::erase_if(credentials, [&](const Json* each) { return !accepts_audience(*each, claims); });
  if (!credentials.empty()) return std::nullopt;
  return refuse(Aadsts::unknown_audience, request.now, joined_audiences(claims));
}

}  // namespace

bool SeenAssertions::first_time(const std::string& client_id, const Jwt& assertion, Instant now) {
  const std::string id = string_or(assertion.claims, "jti");
  const std::string key = sha256(client_id + "\n" + (id.empty() ? assertion.signed_text : id));
  std::erase_if(expiry_of_,
                [&](const auto& entry) { return entry.second + clock_skew < epoch_seconds(now); });
  if (expiry_of_.contains(key)) return false;
  if (expiry_of_.size() >= most_seen) {
    expiry_of_.erase(std::min_element(
        expiry_of_.begin(), expiry_of_.end(),
        [](const auto& left, const auto& right) { return left.second < right.second; }));
  }
  expiry_of_.emplace(key, bounded_seconds(int_or(assertion.claims, "exp", 0)));
  return true;
}

bool is_self_signed(const Jwt& assertion) {
  return string_or(assertion.claims, "iss").find("://") == std::string::npos;
}

std::optional<Reply> refuse_certificate_assertion(const SignInRequest& request,
                                                  const std::string& client_id,
                                                  const Jwt& assertion,
                                                  const std::vector<Certificate>* certificates) {
  const Json& claims = assertion.claims;
  const auto scheme = signature_scheme(string_or(assertion.header, "alg"));
  if (!scheme) return refuse(Aadsts::malformed_assertion, request.now);
  if (!ascii::equal_ignoring_case(string_or(claims, "iss"), client_id) ||
      !ascii::equal_ignoring_case(string_or(claims, "sub"), client_id)) {
    return refuse(Aadsts::assertion_of_another_client, request.now);
  }
  const std::vector<std::string> shown = audiences(claims);
  if (std::none_of(shown.begin(), shown.end(), [&](const std::string& audience) {
        return names_this_endpoint(request, audience);
      })) {
    return refuse(Aadsts::assertion_for_another_endpoint, request.now);
  }
  if (auto refusal = refuse_times(request, claims)) return refusal;
  const std::string thumbprint = named_thumbprint(assertion.header);
  const auto is_named = [&](const Certificate& certificate) {
    return certificate.sha256 == thumbprint || certificate.sha1 == thumbprint;
  };
  if (!certificates) {
    const std::optional<Certificate> brought = brought_certificate(assertion.header);
    if (!brought) return std::nullopt;
    if (!is_named(*brought)) return bad_signature(request, "The key was not found.", thumbprint);
    return refuse_signature(request, assertion, *scheme, *brought, thumbprint);
  }
  const auto known = std::find_if(certificates->begin(), certificates->end(), is_named);
  if (known == certificates->end()) {
    return bad_signature(request, "The key was not found.", thumbprint);
  }
  return refuse_signature(request, assertion, *scheme, *known, thumbprint);
}

std::optional<Reply> refuse_federated_assertion(const SignInRequest& request,
                                                const std::string& client_id, const Jwt& assertion,
                                                const std::vector<const Json*>* credentials) {
  const Json& claims = assertion.claims;
  if (string_or(claims, "sub").empty()) return refuse(Aadsts::malformed_assertion, request.now);
  if (auto refusal = refuse_times(request, claims)) return refusal;
  const bool is_own = string_or(claims, "iss") == oidc_issuer(request.target.root);
  if (is_own &&
      !process_key().verifies(SignatureScheme::rs256, assertion.signed_text, assertion.signature)) {
    return refuse(Aadsts::invalid_assertion, request.now,
                  "the key of its issuer did not make its signature");
  }
  if (!credentials) {
    if (is_for_exchange(claims)) return std::nullopt;
    return refuse(Aadsts::unknown_audience, request.now, joined_audiences(claims));
  }
  if (credentials->empty()) {
    return refuse(Aadsts::no_federated_credential, request.now, client_id);
  }
  return refuse_unmatched(request, claims, *credentials);
}

std::optional<std::string> base64_decode(std::string text) {
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return base64url_decode(text);
}

}  // namespace syncwright::emulator
