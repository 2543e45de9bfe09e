#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "emulator/graph_error.h"
#include "emulator/resources/resources.h"
#include "emulator/store/store.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

/// Applications or service principals: the four actions differ in nothing else.
using Objects = Collection Store::*;

/// 40 characters, as many as the service makes, of which the hint shows three.
std::string new_secret_text() {
  constexpr std::string_view characters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
  std::string text;
  while (text.size() < 40) text += characters[random_below(characters.size())];
  return text;
}

/// Two years after the beginning, as the reference says.
Instant default_end(Instant start) {
  return start + std::chrono::days{2 * 365};
}

/// False where the member is there and no time.
bool read_moment(const Json& owner, const char* name, std::optional<Instant>& moment) {
  const Json& value = member_or_null(owner, name);
  if (value.is_null()) return true;
  if (value.is_string()) moment = parse_rfc3339(value.get<std::string>());
  return moment.has_value();
}

const Replicated* live_target(const Exchange& exchange, Objects objects) {
  const Replicated* object = (exchange.store.*objects).find(exchange.call.parameters[0]);
  const bool is_there =
      object && !object->is_deleted() && object->by_id(exchange.call.now, exchange.store.delay);
  return is_there ? object : nullptr;
}

/// [G] How the service says it is not recorded (docs/graph.md#2.4).
Reply assumed_unknown_password() {
  return bad_request("No password credential found with keyId.");
}

Reply add_password(const Exchange& exchange, Objects objects) {
  const std::string& id = exchange.call.parameters[0];
  const Replicated* object = live_target(exchange, objects);
  if (!object) return resource_not_found(id);
  const Json& wanted = member_or_null(exchange.call.body, "passwordCredential");
  std::optional<Instant> start;
  std::optional<Instant> end;
  if (!read_moment(wanted, "startDateTime", start) || !read_moment(wanted, "endDateTime", end)) {
    return bad_request("Invalid value specified for property 'passwordCredential'.");
  }
  const Instant begin = start.value_or(exchange.call.now);
  const std::string secret = new_secret_text();
  Json credential = {{"customKeyIdentifier", nullptr},
                     {"displayName", member_or_null(wanted, "displayName")},
                     {"endDateTime", format_rfc3339(end.value_or(default_end(begin)))},
                     {"hint", secret.substr(0, 3)},
                     {"keyId", random_uuid()},
                     {"secretText", nullptr},
                     {"startDateTime", format_rfc3339(begin)}};
  const std::string key_id = string_or(credential, "keyId");
  exchange.store.password_digests.add(key_id, {{"keyId", key_id}, {"digest", sha256(secret)}});
  Json value = object->value();
  value["passwordCredentials"].push_back(credential);
  exchange.store.change(exchange.store.*objects, id, std::move(value), exchange.call.now);
  credential["secretText"] = secret;
  Reply reply;
  reply.context = "microsoft.graph.passwordCredential";
  reply.body = std::move(credential);
  return reply;
}

Reply remove_password(const Exchange& exchange, Objects objects) {
  const std::string& id = exchange.call.parameters[0];
  const Replicated* object = live_target(exchange, objects);
  if (!object) return resource_not_found(id);
  const std::string key_id = string_or(exchange.call.body, "keyId");
  Json value = object->value();
  Json& passwords = value["passwordCredentials"];
  if (!passwords.is_array()) return assumed_unknown_password();
  const auto removed = std::erase_if(passwords.get_ref<Json::array_t&>(), [&](const Json& each) {
    return string_or(each, "keyId") == key_id;
  });
  if (removed == 0) return assumed_unknown_password();
  exchange.store.password_digests.erase(key_id);
  exchange.store.change(exchange.store.*objects, id, std::move(value), exchange.call.now);
  return no_content();
}

}  // namespace

Reply add_application_password(const Exchange& exchange) {
  return add_password(exchange, &Store::applications);
}

Reply remove_application_password(const Exchange& exchange) {
  return remove_password(exchange, &Store::applications);
}

Reply add_service_principal_password(const Exchange& exchange) {
  return add_password(exchange, &Store::service_principals);
}

Reply remove_service_principal_password(const Exchange& exchange) {
  return remove_password(exchange, &Store::service_principals);
}

}  // namespace syncwright::emulator
