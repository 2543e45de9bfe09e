#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "emulator/graph_error.h"
#include "emulator/resources/app_role_assignments.h"
#include "emulator/resources/application_instance.h"
#include "emulator/resources/directory_queries.h"
#include "emulator/resources/key_credentials.h"
#include "emulator/resources/object_type.h"
#include "emulator/resources/owners.h"
#include "emulator/resources/people.h"
#include "emulator/resources/resources.h"
#include "emulator/store/store.h"

namespace syncwright::emulator {

namespace {

/// The reference, "Create servicePrincipal".
constexpr std::array<const char*, 1> required_of_service_principal{"appId"};

constexpr std::array<Expansion, 3> service_principal_expansions{{
    {"owners", owners_on_wire},
    {"appRoleAssignedTo", assigned_to_on_wire},
    {"appRoleAssignments", assignments_on_wire},
}};

Json shown_service_principal(const Exchange& exchange, const Json& service_principal) {
  return on_wire(service_principal_type(), service_principal, exchange.call);
}

Listing service_principals_listing() {
  Listing listing = directory_listing(DirectoryType::service_principal);
  listing.expansions = service_principal_expansions;
  listing.shown = shown_service_principal;
  return listing;
}

/// As clients have quoted it (docs/graph.md#5.2.3).
Reply no_backing_application(const std::string& app_id) {
  const std::string message = fmt::format(
      "The appId '{}' of the service principal does not reference a valid application object.",
      app_id);
  Reply reply = bad_request(message);
  reply.body["error"]["details"] = Json::array(
      {{{"code", "NoBackingApplicationObject"}, {"message", message}, {"target", "appId"}}});
  return reply;
}

/// 409, as clients have quoted it (docs/graph.md#5.2.3).
Reply name_in_use(const std::string& app_id) {
  return graph_error(
      409, "Request_MultipleObjectsWithSameKeyValue",
      fmt::format("The service principal cannot be created, updated, or restored because the "
                  "service principal name {} is already in use.",
                  app_id));
}

bool is_instantiated(const Exchange& exchange, const std::string& app_id) {
  const auto objects = exchange.store.service_principals.with("appId", app_id);
  return std::any_of(objects.begin(), objects.end(),
                     [](const Replicated* object) { return !object->is_deleted(); });
}

/// The body laid over the service principal, as far as it may be.
std::optional<Reply> change_service_principal(const Exchange& exchange, Writing writing,
                                              Json& value) {
  const Json before = value;
  if (auto refusal = apply_body(service_principal_type(), exchange.call, writing, value)) {
    return refusal;
  }
  return complete_key_credentials(exchange.call, before, value);
}

/// The tenant's application of that appId as a request sees it, or one of Microsoft's.
std::optional<Json> application_by_app_id(const Exchange& exchange, const std::string& app_id) {
  for (const Replicated* object : exchange.store.applications.with("appId", app_id)) {
    const Json* value = object->by_id(exchange.call.now, exchange.store.delay);
    if (value && !object->is_deleted()) return *value;
  }
  return first_party_application(app_id);
}

}  // namespace

Reply list_service_principals(const Exchange& exchange) {
  return list(exchange, service_principals_listing(),
              listed_objects(exchange, exchange.store.service_principals));
}

Reply count_service_principals(const Exchange& exchange) {
  return count(exchange, service_principals_listing(),
               listed_objects(exchange, exchange.store.service_principals));
}

Reply get_service_principal(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* value = exchange.service_principal(id);
  return value ? entity(exchange, service_principals_listing(), *value) : resource_not_found(id);
}

Reply create_service_principal(const Exchange& exchange) {
  const Json& body = exchange.call.body;
  if (auto refusal =
          check_required_properties(body, required_of_service_principal, "ServicePrincipal")) {
    return *refusal;
  }
  const std::string app_id = string_or(body, "appId");
  const std::optional<Json> application = application_by_app_id(exchange, app_id);
  if (!application) return no_backing_application(app_id);
  if (is_instantiated(exchange, app_id)) return name_in_use(app_id);
  Json value = instance_of(exchange, *application);
  if (auto refusal = change_service_principal(exchange, Writing::creation, value)) return *refusal;
  if (auto refusal = give_owners(exchange, value)) return *refusal;
  const std::string id = string_or(value, "id");
  Reply reply;
  reply.status = 201;
  reply.context = service_principals_listing().context + "/$entity";
  reply.location = "servicePrincipals/" + id;
  reply.body = shown_service_principal(exchange, value);
  exchange.store.service_principals.add(std::move(value), exchange.call.now);
  return reply;
}

Reply patch_service_principal(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Replicated* object = exchange.store.service_principals.find(id);
  if (!object || object->is_deleted() || !exchange.service_principal(id)) {
    return resource_not_found(id);
  }
  Json value = object->value();
  if (auto refusal = change_service_principal(exchange, Writing::update, value)) return *refusal;
  exchange.store.change(exchange.store.service_principals, id, std::move(value), exchange.call.now);
  return no_content();
}

Reply delete_service_principal(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Replicated* object = exchange.store.service_principals.find(id);
  if (!object || object->is_deleted() || !exchange.service_principal(id)) {
    return resource_not_found(id);
  }
  exchange.store.remove_service_principal(id, exchange.call.now);
  return no_content();
}

}  // namespace syncwright::emulator
