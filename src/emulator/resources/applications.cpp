#include <array>
#include <optional>
#include <utility>

#include "emulator/graph_error.h"
#include "emulator/resources/application_instance.h"
#include "emulator/resources/directory_queries.h"
#include "emulator/resources/entitlements.h"
#include "emulator/resources/extension_properties.h"
#include "emulator/resources/identifier_uris.h"
#include "emulator/resources/key_credentials.h"
#include "emulator/resources/object_type.h"
#include "emulator/resources/owners.h"
#include "emulator/resources/people.h"
#include "emulator/resources/resources.h"
#include "emulator/store/store.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

/// [G] docs/graph.md#5.2 leaves open whether it is 400 or 409.
int assumed_status_for_taken_unique_name() {
  return 409;
}

/// [G] Writing the value that is there changes nothing.
bool assumed_same_unique_name_is_accepted() {
  return true;
}

/// The reference, "Create application".
constexpr std::array<const char*, 1> required_of_application{"displayName"};

constexpr std::array<Expansion, 2> application_expansions{{
    {"owners", owners_on_wire},
    {"extensionProperties", extension_properties_on_wire},
}};

Json shown_application(const Exchange& exchange, const Json& application) {
  return on_wire(application_type(), application, exchange.call);
}

Listing applications_listing() {
  Listing listing = directory_listing(DirectoryType::application);
  listing.expansions = application_expansions;
  listing.shown = shown_application;
  return listing;
}

/// What a POST or PATCH may do with uniqueName: set it once, to a name that nobody holds. Conflicts
/// are checked against the truth, and a soft-deleted holder still blocks [G].
std::optional<Reply> check_claim(const Exchange& exchange, const Json& current) {
  const Json& body = exchange.call.body;
  if (!body.is_object() || !body.contains("uniqueName")) return std::nullopt;
  const std::string wanted = string_or(body, "uniqueName");
  const std::string held = string_or(current, "uniqueName");
  if (!held.empty()) {
    if (wanted == held && assumed_same_unique_name_is_accepted()) return std::nullopt;
    return bad_request("Property 'uniqueName' is immutable once it is set.");
  }
  if (wanted.empty() && body["uniqueName"].is_string())
    return bad_request("Invalid value for property 'uniqueName'.");
  if (wanted.empty() || !exchange.store.claims.find(wanted)) return std::nullopt;
  return graph_error(assumed_status_for_taken_unique_name(),
                     "Request_MultipleObjectsWithSameKeyValue",
                     "Another object with the same value for property uniqueName already exists.");
}

void record_claim(const Exchange& exchange, const std::string& id) {
  const std::string name = string_or(exchange.call.body, "uniqueName");
  if (name.empty() || exchange.store.claims.find(name)) return;
  exchange.store.claims.add(name, {id, exchange.call.now});
}

/// The body laid over the application, as far as it may be.
std::optional<Reply> change_application(const Exchange& exchange, Writing writing, Json& value) {
  const Json before = value;
  if (auto refusal = apply_body(application_type(), exchange.call, writing, value)) return refusal;
  if (auto refusal = check_entitlements(before, value)) return refusal;
  if (auto refusal = complete_key_credentials(exchange.call, before, value)) return refusal;
  if (auto refusal = check_identifier_uris(exchange, before, value)) return refusal;
  return check_claim(exchange, before);
}

}  // namespace

Reply list_applications(const Exchange& exchange) {
  return list(exchange, applications_listing(),
              listed_objects(exchange, exchange.store.applications));
}

Reply count_applications(const Exchange& exchange) {
  return count(exchange, applications_listing(),
               listed_objects(exchange, exchange.store.applications));
}

Reply get_application(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* value = exchange.application(id);
  return value ? entity(exchange, applications_listing(), *value) : resource_not_found(id);
}

Reply create_application(const Exchange& exchange) {
  if (auto refusal =
          check_required_properties(exchange.call.body, required_of_application, "Application")) {
    return *refusal;
  }
  Json value = new_object(application_type());
  value["id"] = random_uuid();
  value["appId"] = random_uuid();
  value["createdByAppId"] = exchange.call.caller.app_id;
  value["createdDateTime"] = format_rfc3339(exchange.call.now);
  value["publisherDomain"] = exchange.store.default_domain;
  if (auto refusal = change_application(exchange, Writing::creation, value)) return *refusal;
  if (auto refusal = give_owners(exchange, value)) return *refusal;
  const std::string id = string_or(value, "id");
  record_claim(exchange, id);
  Reply reply;
  reply.status = 201;
  reply.context = applications_listing().context + "/$entity";
  reply.location = "applications/" + id;
  reply.body = shown_application(exchange, value);
  exchange.store.applications.add(std::move(value), exchange.call.now);
  return reply;
}

Reply patch_application(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Replicated* object = exchange.store.applications.find(id);
  if (!object || object->is_deleted() || !exchange.application(id)) return resource_not_found(id);
  const Json before = object->value();
  Json value = before;
  if (auto refusal = change_application(exchange, Writing::update, value)) return *refusal;
  record_claim(exchange, id);
  follow_application(exchange, before, value);
  exchange.store.change(exchange.store.applications, id, std::move(value), exchange.call.now);
  return no_content();
}

Reply delete_application(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Replicated* object = exchange.store.applications.find(id);
  if (!object || object->is_deleted() || !exchange.application(id)) return resource_not_found(id);
  exchange.store.remove_application(id, exchange.call.now);
  return no_content();
}

}  // namespace syncwright::emulator
