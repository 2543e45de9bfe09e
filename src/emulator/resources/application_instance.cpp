#include "emulator/resources/application_instance.h"

#include <algorithm>
#include <array>
#include <utility>

#include "emulator/resources/object_type.h"
#include "emulator/store/store.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

/// One property that follows the application.
struct Followed {
  const char* pointer;  ///< in the application
  const char* name;     ///< in the service principal
};

/// [G] docs/graph.md#5.2.3: the reference says so of some of them, and that "properties are
/// synchronized from the app registration". The service principal's own name does not follow.
constexpr std::array<Followed, 9> assumed_to_follow{{
    {"/displayName", "appDisplayName"},
    {"/description", "appDescription"},
    {"/info", "info"},
    {"/signInAudience", "signInAudience"},
    {"/appRoles", "appRoles"},
    {"/api/oauth2PermissionScopes", "oauth2PermissionScopes"},
    {"/web/homePageUrl", "homepage"},
    {"/web/logoutUrl", "logoutUrl"},
    {"/web/redirectUris", "replyUrls"},
}};

/// Null where a part of the way is missing.
const Json& value_at(const Json& application, const Followed& row) {
  static const Json none;
  const Json::json_pointer pointer(row.pointer);
  return application.contains(pointer) ? application.at(pointer) : none;
}

/// Lays the difference between two lists of texts over a third one.
void follow_texts(const Json& before, const Json& after, Json& list) {
  if (before == after) return;
  if (!list.is_array()) list = Json::array();
  for (const Json& text : before) std::erase(list.get_ref<Json::array_t&>(), text);
  for (const Json& text : after) {
    if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
  }
}

void take_changes(const Json& before, const Json& after, Json& service_principal) {
  for (const Followed& row : assumed_to_follow) {
    const Json& value = value_at(after, row);
    const bool changed = value != value_at(before, row);
    // A list that became null with the object around it is no list to show.
    if (changed && !(value.is_null() && service_principal[row.name].is_array())) {
      service_principal[row.name] = value;
    }
  }
  follow_texts(list_or_empty(before, "tags"), list_or_empty(after, "tags"),
               service_principal["tags"]);
  follow_texts(list_or_empty(before, "identifierUris"), list_or_empty(after, "identifierUris"),
               service_principal["servicePrincipalNames"]);
}

}  // namespace

Json instance_of(const Exchange& exchange, const Json& application) {
  Json value = new_object(service_principal_type());
  value["id"] = random_uuid();
  value["appId"] = application["appId"];
  const bool is_own = application["id"].is_string();
  value["appOwnerOrganizationId"] = is_own ? exchange.tenant_id() : microsoft_services_tenant;
  value["applicationTemplateId"] = application["applicationTemplateId"];
  value["createdByAppId"] = exchange.call.caller.app_id;
  value["displayName"] = application["displayName"];
  value["servicePrincipalNames"] = {application["appId"]};
  take_changes(new_object(application_type()), application, value);
  return value;
}

void follow_application(const Exchange& exchange, const Json& before, const Json& after) {
  Collection& service_principals = exchange.store.service_principals;
  for (const std::string& id : exchange.store.service_principals_of(string_or(after, "id"))) {
    const Json& held = service_principals.find(id)->value();
    Json value = held;
    take_changes(before, after, value);
    if (value == held) continue;
    exchange.store.change(service_principals, id, std::move(value), exchange.call.now);
  }
}

}  // namespace syncwright::emulator
