#include "emulator/resources/synchronization_secrets.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

#include "emulator/graph_error.h"
#include "emulator/resources/resources.h"

namespace syncwright::emulator {

namespace {

/// Whether the text is a JSON object: what a key like SyncNotificationSettings must hold.
bool is_json_object(const std::string& text) {
  const Result<Json> value = parse_json(text, {.max_bytes = 64U << 10U, .max_depth = 20});
  return value && value->is_object();
}

}  // namespace

Reply get_secrets(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  if (!exchange.service_principal(id)) return resource_not_found(id);
  Json values = Json::array();
  for (const auto& [key, value] : secrets_of(exchange.store, id)) {
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
  Secrets& saved = exchange.store.secrets[id];
  if (!exchange.options.merge_secrets) saved.clear();
  for (const auto& [key, value] : *written) {
    if (value.empty()) {
      saved.erase(key);
    } else {
      saved[key] = value;
    }
  }
  return no_content();
}

}  // namespace syncwright::emulator
