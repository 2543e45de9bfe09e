#include "emulator/resources/synchronization_secrets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "emulator/graph_error.h"
#include "emulator/resources/resources.h"
#include "emulator/resources/synchronization_templates.h"

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

/// Whether the text is a JSON object: what a key like SyncNotificationSettings must hold.
bool is_json_object(const std::string& text) {
  const Result<Json> value = parse_json(text, {.max_bytes = 64U << 10U, .max_depth = 20});
  return value && value->is_object();
}

/// [G] No source records the failure of a validation (docs/graph.md#14.3).
Reply assumed_validation_failure(const std::string& message) {
  return synchronization_error(400, invalid_credentials_code, message);
}

/// The credentials of the body, laid over the saved ones where it says so. Nothing is stored.
Reply validate(const Exchange& exchange, const std::string& service_principal) {
  const Json& body = exchange.call.body;
  Secrets secrets;
  if (bool_or(body, "useSavedCredentials", false)) {
    secrets = exchange.store.secrets_of(service_principal);
  }
  const Json& pairs = member_or_null(body, "credentials");
  if (!pairs.is_null()) {
    Reply refusal;
    std::optional<Secrets> given = read_secrets(pairs, exchange.call, refusal);
    if (!given) return refusal;
    for (const auto& [key, value] : *given) secrets.set(key, value);
  }
  const GalleryEntry* entry = exchange.gallery_entry(service_principal);
  const Json none = Json::object();
  const std::optional<std::string> refused =
      refuse_credentials(entry ? entry->connector : none, secrets);
  return refused ? assumed_validation_failure(*refused) : no_content();
}

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
    secrets.set(key, value.is_string() ? value.get<std::string>() : "");
  }
  return secrets;
}

std::optional<std::string> refuse_credentials(const Json& connector, const Secrets& secrets) {
  const Json& required = member_or_null(connector, "requiredSecrets");
  if (required.is_array()) {
    for (const Json& key : required) {
      const std::string name = key.is_string() ? key.get<std::string>() : "";
      const auto found = secrets.find(name);
      if (found == secrets.end() || found->second.empty()) {
        return fmt::format("You appear to have entered invalid credentials: {} is missing.", name);
      }
    }
  }
  for (const auto& [key, value] : secrets) {
    const bool is_mask = value == "*" && secret_kind(key) == SecretKind::masked;
    if (is_mask || (key == "SecretToken" && value == "invalid")) {
      return fmt::format(
          "You appear to have entered invalid credentials. Check the tenant URL and the {}.", key);
    }
  }
  return std::nullopt;
}

Reply get_secrets(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  if (!exchange.service_principal(id)) return resource_not_found(id);
  Json values = Json::array();
  for (const auto& [key, value] : exchange.store.secrets_of(id)) {
    const bool is_masked = secret_kind(key) == SecretKind::masked;
    values.push_back({{"key", key}, {"value", is_masked ? "*" : value}});
  }
  Reply reply;
  reply.context = fmt::format("servicePrincipals('{}')/synchronization/secrets", id);
  reply.body = {{"value", std::move(values)}};
  return reply;
}

Reply put_secrets(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Replicated* object = exchange.store.service_principals.find(id);
  if (!exchange.service_principal(id) || object->is_deleted()) return resource_not_found(id);
  Reply refusal;
  const std::optional<Secrets> written =
      read_secrets(member_or_null(exchange.call.body, "value"), exchange.call, refusal);
  if (!written) return refusal;
  for (const auto& [key, value] : *written) {
    if (secret_kind(key) == SecretKind::json && !is_json_object(value)) {
      return synchronization_error(400, "InvalidNotificationSettings");
    }
  }
  Secrets& saved = exchange.store.secrets.edit_or_add(id);
  if (!exchange.options.merge_secrets) saved.clear();
  for (const auto& [key, value] : *written) {
    if (value.empty()) {
      saved.erase(key);
    } else {
      saved.set(key, value);
    }
  }
  return no_content();
}

Reply validate_job_credentials(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[1];
  const Job* job = exchange.job(exchange.call.parameters[0], id);
  if (!job || job->deleted) return resource_not_found(id);
  return validate(exchange, job->service_principal);
}

Reply validate_credentials(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  if (!exchange.service_principal(id)) return resource_not_found(id);
  const std::string template_id = string_or(exchange.call.body, "templateId");
  if (!ready_template(exchange, id, template_id)) {
    return template_not_found(template_id);
  }
  return validate(exchange, id);
}

}  // namespace syncwright::emulator
