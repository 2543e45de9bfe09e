#include <algorithm>
#include <array>
#include <utility>

#include "emulator/graph_error.h"
#include "emulator/resources/synchronization_secrets.h"

namespace syncwright::emulator {

namespace {

using enum SecretKind;

/// [G] Which keys are masked beyond those that docs/graph.md#5.7 names: all that hold a credential.
constexpr std::array<std::pair<std::string_view, SecretKind>, 45> keys{{
    {"None", clear},
    {"UserName", clear},
    {"Password", masked},
    {"SecretToken", masked},
    {"AppKey", masked},
    {"BaseAddress", clear},
    {"ClientIdentifier", clear},
    {"ClientSecret", masked},
    {"SingleSignOnType", clear},
    {"Sandbox", clear},
    {"Url", clear},
    {"Domain", clear},
    {"ConsumerKey", masked},
    {"ConsumerSecret", masked},
    {"TokenKey", masked},
    {"TokenExpiration", clear},
    {"Oauth2AccessToken", masked},
    {"Oauth2AccessTokenCreationTime", clear},
    {"Oauth2RefreshToken", masked},
    {"SyncAll", clear},
    {"InstanceName", clear},
    {"Oauth2ClientId", clear},
    {"Oauth2ClientSecret", masked},
    {"CompanyId", clear},
    {"UpdateKeyOnSoftDelete", clear},
    {"SynchronizationSchedule", clear},
    {"SystemOfRecord", clear},
    {"SandboxName", clear},
    {"EnforceDomain", clear},
    {"SyncNotificationSettings", json},
    {"SkipOutOfScopeDeletions", clear},
    {"Oauth2AuthorizationCode", masked},
    {"Oauth2RedirectUri", clear},
    {"ApplicationTemplateIdentifier", clear},
    {"Oauth2TokenExchangeUri", clear},
    {"Oauth2AuthorizationUri", clear},
    {"AuthenticationType", clear},
    {"Server", clear},
    {"PerformInboundEntitlementGrants", clear},
    {"HardDeletesEnabled", clear},
    {"SyncAgentCompatibilityKey", clear},
    {"SyncAgentADContainer", clear},
    {"ValidateDomain", clear},
    {"TestReferences", clear},
    {"ConnectionString", masked},
}};

}  // namespace

std::optional<SecretKind> secret_kind(std::string_view key) {
  const auto found =
      std::find_if(keys.begin(), keys.end(), [&](const auto& entry) { return entry.first == key; });
  return found == keys.end() || key.empty() ? std::nullopt : std::optional(found->second);
}

std::optional<Secrets> read_secrets(const Json& pairs, const Call& call, Reply& refusal) {
  if (!pairs.is_array()) {
    refusal = bad_request("The request body must hold a list of key and value pairs.");
    return std::nullopt;
  }
  Secrets secrets;
  for (const Json& pair : pairs) {
    const std::string key = string_or(pair, "key");
    const Json& value = member_or_null(pair, "value");
    if (!secret_kind(key)) {
      refusal = unknown_enum_value(call, key);
      return std::nullopt;
    }
    if (!value.is_string() && !value.is_null()) {
      refusal = bad_request("The value of a secret must be a string.");
      return std::nullopt;
    }
    secrets[key] = value.is_string() ? value.get<std::string>() : "";
  }
  return secrets;
}

}  // namespace syncwright::emulator
