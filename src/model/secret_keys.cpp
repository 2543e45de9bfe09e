#include "syncwright/model/secret_keys.h"

#include <algorithm>
#include <array>
#include <utility>

#include "syncwright/model/typed_settings.h"

namespace syncwright::model {
namespace {

constexpr std::array<std::string_view, 12> masked_keys{
    "Password",
    "SecretToken",
    "ClientSecret",
    "Oauth2AccessToken",
    "Oauth2RefreshToken",
    "Oauth2ClientSecret",
    "Oauth2AuthorizationCode",
    "AppKey",
    "ConsumerKey",
    "ConsumerSecret",
    "TokenKey",
    "ConnectionString",
};

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> settings_by_key{{
    {kSyncAllKey, "spec.scope"},
    {kNotificationsKey, "spec.notifications and spec.deletions.threshold"},
    {kSkipOutOfScopeKey, "spec.deletions.skipOutOfScope"},
}};

}  // namespace

const std::vector<std::string>& secret_keys() {
  static const std::vector<std::string> keys{
      "UserName",
      "Password",
      "SecretToken",
      "AppKey",
      "BaseAddress",
      "ClientIdentifier",
      "ClientSecret",
      "SingleSignOnType",
      "Sandbox",
      "Url",
      "Domain",
      "ConsumerKey",
      "ConsumerSecret",
      "TokenKey",
      "TokenExpiration",
      "Oauth2AccessToken",
      "Oauth2AccessTokenCreationTime",
      "Oauth2RefreshToken",
      "SyncAll",
      "InstanceName",
      "Oauth2ClientId",
      "Oauth2ClientSecret",
      "CompanyId",
      "UpdateKeyOnSoftDelete",
      "SynchronizationSchedule",
      "SystemOfRecord",
      "SandboxName",
      "EnforceDomain",
      "SyncNotificationSettings",
      "SkipOutOfScopeDeletions",
      "Oauth2AuthorizationCode",
      "Oauth2RedirectUri",
      "ApplicationTemplateIdentifier",
      "Oauth2TokenExchangeUri",
      "Oauth2AuthorizationUri",
      "AuthenticationType",
      "Server",
      "PerformInboundEntitlementGrants",
      "HardDeletesEnabled",
      "SyncAgentCompatibilityKey",
      "SyncAgentADContainer",
      "ValidateDomain",
      "TestReferences",
      "ConnectionString",
  };
  return keys;
}

bool is_secret_key(std::string_view key) {
  const auto& keys = secret_keys();
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

bool is_masked_secret_key(std::string_view key) {
  return std::find(masked_keys.begin(), masked_keys.end(), key) != masked_keys.end();
}

std::string_view typed_setting_of(std::string_view key) {
  for (const auto& [typed, setting] : settings_by_key) {
    if (typed == key) return setting;
  }
  return {};
}

}  // namespace syncwright::model
