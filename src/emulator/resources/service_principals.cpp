#include <array>
#include <deque>
#include <utility>
#include <vector>

#include "emulator/graph_error.h"
#include "emulator/resources/directory_objects.h"
#include "emulator/resources/directory_queries.h"
#include "emulator/resources/resources.h"
#include "emulator/store/store.h"

namespace syncwright::emulator {

namespace {

constexpr std::array<WritableProperty, 19> writable_service_principal_properties{{
    {"accountEnabled", PropertyType::boolean},
    {"addIns", PropertyType::objects},
    {"alternativeNames", PropertyType::texts},
    {"appRoleAssignmentRequired", PropertyType::boolean},
    {"appRoles", PropertyType::objects},
    {"description", PropertyType::text, 1024},
    {"displayName", PropertyType::required_text, 256},
    {"homepage", PropertyType::text},
    {"keyCredentials", PropertyType::objects},
    {"loginUrl", PropertyType::text},
    {"logoutUrl", PropertyType::text},
    {"notes", PropertyType::text, 1024},
    {"notificationEmailAddresses", PropertyType::texts},
    {"preferredSingleSignOnMode", PropertyType::text},
    {"replyUrls", PropertyType::texts},
    {"samlSingleSignOnSettings", PropertyType::object},
    {"servicePrincipalNames", PropertyType::texts},
    {"tags", PropertyType::texts},
    {"tokenEncryptionKeyId", PropertyType::text},
}};

Listing service_principals_listing() {
  return directory_listing(DirectoryType::service_principal);
}

/// Beta lists need their own copies; v1.0 is stored as it is shown.
std::vector<const Json*> list_items(const Exchange& exchange, std::deque<Json>& copies) {
  std::vector<const Json*> items =
      exchange.store.service_principals.listed(exchange.call.now, exchange.store.delay);
  if (!exchange.call.is_beta()) return items;
  for (const Json*& item : items) {
    item = &copies.emplace_back(service_principal_on_wire(*item, exchange.call));
  }
  return items;
}

}  // namespace

Reply list_service_principals(const Exchange& exchange) {
  std::deque<Json> copies;
  return list(exchange, service_principals_listing(), list_items(exchange, copies));
}

Reply count_service_principals(const Exchange& exchange) {
  std::deque<Json> copies;
  return count(exchange, service_principals_listing(), list_items(exchange, copies));
}

Reply get_service_principal(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* value = exchange.service_principal(id);
  if (!value) return resource_not_found(id);
  return entity(exchange, service_principals_listing(),
                service_principal_on_wire(*value, exchange.call));
}

Reply patch_service_principal(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Replicated* object = exchange.store.service_principals.find(id);
  if (!object || object->is_deleted() || !exchange.service_principal(id)) {
    return resource_not_found(id);
  }
  Json value = object->value();
  if (auto refusal = apply_patch(exchange.call.body, writable_service_principal_properties,
                                 "ServicePrincipal", value)) {
    return *refusal;
  }
  exchange.store.service_principals.edit(id).change(std::move(value), exchange.call.now,
                                                    exchange.store.delay);
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
