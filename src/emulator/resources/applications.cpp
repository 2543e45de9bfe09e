#include <array>
#include <optional>
#include <utility>

#include "emulator/graph_error.h"
#include "emulator/resources/directory_objects.h"
#include "emulator/resources/directory_queries.h"
#include "emulator/resources/resources.h"
#include "emulator/store/store.h"

namespace syncwright::emulator {

namespace {

constexpr std::array<WritableProperty, 18> writable_application_properties{{
    {"api", PropertyType::object},
    {"appRoles", PropertyType::objects},
    {"description", PropertyType::text, 1024},
    {"displayName", PropertyType::required_text, 256},
    {"groupMembershipClaims", PropertyType::text},
    {"identifierUris", PropertyType::texts},
    {"isFallbackPublicClient", PropertyType::boolean},
    {"keyCredentials", PropertyType::objects},
    {"notes", PropertyType::text, 1024},
    {"optionalClaims", PropertyType::object},
    {"requiredResourceAccess", PropertyType::objects},
    {"serviceManagementReference", PropertyType::text},
    {"signInAudience", PropertyType::required_text},
    {"tags", PropertyType::texts},
    {"tokenEncryptionKeyId", PropertyType::text},
    {"uniqueName", PropertyType::text, 256},
    {"web", PropertyType::object},
    {"addIns", PropertyType::objects},
}};

/// [G] docs/graph.md#5.2 leaves open whether it is 400 or 409.
int assumed_status_for_taken_unique_name() {
  return 409;
}

/// [G] Writing the value that is there changes nothing.
bool assumed_same_unique_name_is_accepted() {
  return true;
}

Listing applications_listing() {
  return directory_listing(DirectoryType::application);
}

/// What a PATCH may do with uniqueName: set it once, to a name that nobody holds. Conflicts are
/// checked against the truth, and a soft-deleted holder still blocks [G].
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

/// The service principal's `appDisplayName` follows the application; its own name does not.
void rename_service_principals(const Exchange& exchange, const std::string& application,
                               const std::string& name) {
  Collection& service_principals = exchange.store.service_principals;
  for (const std::string& id : exchange.store.service_principals_of(application)) {
    Json value = service_principals.find(id)->value();
    if (string_or(value, "appDisplayName") == name) continue;
    value["appDisplayName"] = name;
    service_principals.edit(id).change(std::move(value), exchange.call.now, exchange.store.delay);
  }
}

}  // namespace

Reply list_applications(const Exchange& exchange) {
  return list(exchange, applications_listing(),
              exchange.store.applications.listed(exchange.call.now, exchange.store.delay));
}

Reply count_applications(const Exchange& exchange) {
  return count(exchange, applications_listing(),
               exchange.store.applications.listed(exchange.call.now, exchange.store.delay));
}

Reply get_application(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* value = exchange.application(id);
  return value ? entity(exchange, applications_listing(), *value) : resource_not_found(id);
}

Reply patch_application(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Replicated* object = exchange.store.applications.find(id);
  if (!object || object->is_deleted() || !exchange.application(id)) return resource_not_found(id);
  Json value = object->value();
  if (auto refusal =
          apply_patch(exchange.call.body, writable_application_properties, "Application", value))
    return *refusal;
  if (auto refusal = check_claim(exchange, object->value())) return *refusal;
  record_claim(exchange, id);
  const std::string name = string_or(value, "displayName");
  exchange.store.applications.edit(id).change(std::move(value), exchange.call.now,
                                              exchange.store.delay);
  rename_service_principals(exchange, id, name);
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
