#include <optional>
#include <string>
#include <utility>

#include "emulator/graph_error.h"
#include "emulator/resources/resources.h"
#include "emulator/resources/synchronization_secrets.h"
#include "emulator/resources/synchronization_templates.h"

namespace syncwright::emulator {

namespace {

/// [G] The entity has an id; which one is not recorded (docs/graph.md#14.26).
std::string assumed_id(const std::string& owner) {
  return owner;
}

/// [G] Beta's metadata says of the result that it is a string (docs/graph.md#14.26).
const char* assumed_ping_answer() {
  return "Pong";
}

}  // namespace

Reply get_synchronization(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const std::optional<TemplateOwner> owner = template_owner(exchange);
  if (!owner) return resource_not_found(id);
  Json secrets = Json::array();
  if (exchange.service_principal(id)) secrets = get_secrets(exchange).body["value"];
  Reply reply;
  reply.context = owner->path + "/synchronization/$entity";
  reply.body = {{"id", assumed_id(id)}, {"secrets", std::move(secrets)}};
  return reply;
}

/// Nothing is kept: no authorization server is played that would give a token for the code.
Reply acquire_access_token(const Exchange& exchange) {
  if (!template_owner(exchange)) return resource_not_found(exchange.call.parameters[0]);
  Reply refusal;
  const auto given =
      read_secrets(member_or_null(exchange.call.body, "credentials"), exchange.call, refusal);
  return given ? no_content() : refusal;
}

Reply ping_synchronization(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  if (!exchange.service_principal(id)) return resource_not_found(id);
  Reply reply;
  reply.context = "Edm.String";
  reply.body = {{"value", assumed_ping_answer()}};
  return reply;
}

}  // namespace syncwright::emulator
