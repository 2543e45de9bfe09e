#include "emulator/resources/key_credentials.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "emulator/graph_error.h"
#include "emulator/sign_in/client_credentials.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

constexpr const char* list_name = "keyCredentials";
constexpr std::size_t longest_name = 90;

constexpr std::array<std::string_view, 3> credential_types{"AsymmetricX509Cert", "Symmetric",
                                                           "X509CertAndPassword"};
constexpr std::array<std::string_view, 2> credential_usages{"Sign", "Verify"};

/// The word as it is written; nullopt where it is none of them.
std::optional<std::string_view> word_among(std::span<const std::string_view> words,
                                           const std::string& given) {
  const auto found = std::find_if(words.begin(), words.end(), [&](std::string_view word) {
    return ascii::equal_ignoring_case(word, given);
  });
  return found == words.end() ? std::nullopt : std::optional(*found);
}

/// As clients have quoted it of `usage`; that it is the same of `type` is [G]
/// (docs/graph.md#5.2.9).
Reply refuse_word(const char* property, std::span<const std::string_view> words) {
  return bad_request(
      fmt::format("The value for the property \"{}\" in one of your credentials is invalid. "
                  "Acceptable values are {}.",
                  property, fmt::join(words, ", ")));
}

/// [G] docs/graph.md#5.2.9: the words for a key that is none are not recorded.
Reply assumed_refusal_of_key() {
  return bad_request(fmt::format("Invalid value specified for property '{}'.", list_name));
}

Reply refuse_update(const std::string& key_id) {
  return bad_request(
      fmt::format("Update to existing credential with KeyId '{}' is not allowed.", key_id));
}

const Json* credential_with_id(const Json& credentials, const std::string& key_id) {
  if (key_id.empty()) return nullptr;
  for (const Json& each : credentials) {
    if (ascii::equal_ignoring_case(string_or(each, "keyId"), key_id)) return &each;
  }
  return nullptr;
}

/// "Longer values are accepted but shortened": to so many characters, whatever bytes they take.
std::string shortened_name(const std::string& name) {
  std::size_t characters = 0;
  std::size_t size = 0;
  for (; size < name.size(); ++size) {
    const bool begins_one = (static_cast<unsigned char>(name[size]) & 0xC0U) != 0x80U;
    if (begins_one && ++characters > longest_name) break;
  }
  return name.substr(0, size);
}

/// 40 characters, as the reference has them: the SHA-1 digest in hexadecimal digits.
std::string thumbprint_text(const Certificate& certificate) {
  std::string text;
  for (const char byte : certificate.sha1) {
    text += fmt::format("{:02X}", static_cast<unsigned char>(byte));
  }
  return text;
}

/// What a credential does not say about its time is its certificate's, of any other key now and
/// two years [G] (docs/graph.md#5.2.9).
std::optional<Reply> settle_period(Json& credential, const std::optional<Certificate>& certificate,
                                   Instant now) {
  const Instant begin = parse_rfc3339(string_or(credential, "startDateTime"))
                            .value_or(certificate ? certificate->not_before : now);
  const Instant latest = certificate ? certificate->not_after : begin + std::chrono::days{2 * 365};
  const std::optional<Instant> wanted = parse_rfc3339(string_or(credential, "endDateTime"));
  const Instant end = wanted.value_or(latest);
  if (end <= begin || (certificate && end > latest)) {
    return bad_request("Key credential end date is invalid.");
  }
  credential["startDateTime"] = format_rfc3339(begin);
  credential["endDateTime"] = format_rfc3339(end);
  return std::nullopt;
}

/// The certificate of an X.509 key, without the credential's own end. A signing key brings its
/// private part along as PKCS#12, of which nothing can be read without the password.
std::optional<Reply> read_key(const Json& credential, std::optional<Certificate>& certificate) {
  const std::optional<std::string> bytes = base64_decode(string_or(credential, "key"));
  if (!bytes || bytes->empty()) return assumed_refusal_of_key();
  if (credential["type"] == "Symmetric") return std::nullopt;
  certificate = Certificate::read(*bytes);
  const bool is_key = certificate || (credential["usage"] == "Sign" && is_pkcs12(*bytes));
  return is_key ? std::nullopt : std::optional(assumed_refusal_of_key());
}

std::optional<Reply> complete_new(Json& credential, Instant now) {
  const auto type = word_among(credential_types, string_or(credential, "type"));
  if (!type) return refuse_word("type", credential_types);
  const auto usage = word_among(credential_usages, string_or(credential, "usage"));
  if (!usage) return refuse_word("usage", credential_usages);
  credential["type"] = *type;
  credential["usage"] = *usage;
  std::optional<Certificate> certificate;
  if (auto refusal = read_key(credential, certificate)) return refusal;
  if (auto refusal = settle_period(credential, certificate, now)) return refusal;
  if (string_or(credential, "keyId").empty()) credential["keyId"] = random_uuid();
  Json& identifier = credential["customKeyIdentifier"];
  if (identifier.is_null() && certificate) identifier = thumbprint_text(*certificate);
  const std::string name = string_or(credential, "displayName");
  credential["displayName"] = name.empty() ? Json() : Json(shortened_name(name));
  return std::nullopt;
}

std::optional<Reply> complete(Json& credential, const Json& before, Instant now) {
  const Json* held = credential_with_id(before, string_or(credential, "keyId"));
  if (!held) return complete_new(credential, now);
  const std::string key = string_or(credential, "key");
  if (!key.empty() && key != string_or(*held, "key")) {
    return refuse_update(string_or(*held, "keyId"));
  }
  credential = *held;
  return std::nullopt;
}

}  // namespace

std::optional<Reply> complete_key_credentials(const Call& call, const Json& before, Json& object) {
  if (!call.body.contains(list_name)) return std::nullopt;
  std::set<std::string> ids;
  for (Json& credential : object[list_name]) {
    if (auto refusal = complete(credential, list_or_empty(before, list_name), call.now)) {
      return refusal;
    }
    if (!ids.insert(ascii::lower(string_or(credential, "keyId"))).second) {
      return assumed_refusal_of_key();
    }
  }
  return std::nullopt;
}

}  // namespace syncwright::emulator
