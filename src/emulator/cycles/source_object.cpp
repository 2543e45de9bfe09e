#include "emulator/cycles/source_object.h"

#include <array>
#include <string_view>
#include <utility>

#include "emulator/cycles/scim_attribute.h"
#include "emulator/exchange.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

/// Attribute of the synchronization schema -> property of Graph.
constexpr std::array<std::pair<std::string_view, const char*>, 7> renamed{{
    {"objectId", "id"},
    {"dirSyncEnabled", "onPremisesSyncEnabled"},
    {"immutableId", "onPremisesImmutableId"},
    {"mobile", "mobilePhone"},
    {"physicalDeliveryOfficeName", "officeLocation"},
    {"facsimileTelephoneNumber", "faxNumber"},
    {"originalUserPrincipalName", "userPrincipalName"},
}};

std::string property_of(const std::string& attribute) {
  for (const auto& [name, property] : renamed) {
    if (name == attribute) return property;
  }
  return attribute;
}

Json first_of(const Json& list) {
  return list.is_array() && !list.empty() ? list.front() : Json(nullptr);
}

/// "employeeOrgData.division" reaches into an object.
Json nested_attribute(const Json& object, const std::string& name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string::npos) return nullptr;
  return member_or_null(member_or_null(object, name.substr(0, dot).c_str()),
                        name.substr(dot + 1).c_str());
}

const Json& members_of(const Store& store, const std::string& group) {
  static const Json nobody = Json::array();
  const Json* found = find_source(store, "Group", group);
  return found && !is_soft_deleted(*found) ? list_or_empty(*found, "members") : nobody;
}

/// By id; default access has the id of no role (docs/graph.md#13.44).
std::map<std::string, expression::AppRole> app_roles(const Store& store,
                                                     const std::string& service_principal) {
  std::map<std::string, expression::AppRole> roles;
  const Replicated* object = store.service_principals.find(service_principal);
  if (!object) return roles;
  for (const Json& role : list_or_empty(object->value(), "appRoles")) {
    const std::string id = string_or(role, "id");
    roles[id] = {id, string_or(role, "value"), string_or(role, "displayName")};
  }
  return roles;
}

}  // namespace

Json source_attribute(const Json& object, const std::string& name) {
  const Json& uploaded = member_or_null(object, "resource");
  if (uploaded.is_object()) return scim_attribute(uploaded, name);
  if (name == "IsSoftDeleted") return is_soft_deleted(object);
  if (name == "telephoneNumber") return first_of(member_or_null(object, "businessPhones"));
  const std::string property = property_of(name);
  if (property != name) return member_or_null(object, property.c_str());
  if (name.starts_with("extensionAttribute")) {
    const Json& extensions = member_or_null(object, "onPremisesExtensionAttributes");
    const Json& value = member_or_null(extensions, name.c_str());
    if (!value.is_null()) return value;
  }
  const Json& value = member_or_null(object, name.c_str());
  return value.is_null() ? nested_attribute(object, name) : value;
}

void set_source_attribute(Json& object, const std::string& name, const expression::Value& value) {
  const std::string text = expression::to_text(value);
  const std::size_t dot = name.find('.');
  if (name == "accountEnabled") {
    object[name] = ascii::equal_ignoring_case(text, "true");
  } else if (name == "telephoneNumber") {
    object["businessPhones"] = text.empty() ? Json::array() : Json::array({text});
  } else if (name.starts_with("extensionAttribute")) {
    object["onPremisesExtensionAttributes"][name] = to_json(value);
  } else if (dot != std::string::npos) {
    object[name.substr(0, dot)][name.substr(dot + 1)] = to_json(value);
  } else {
    object[property_of(name)] = to_json(value);
  }
}

provisioning::DirectoryObject directory_object(const Json& object,
                                               const std::vector<std::string>& attributes) {
  provisioning::DirectoryObject result;
  result.id = string_or(object, "id");
  result.name = string_or(object, "displayName");
  for (const std::string& name : attributes) {
    // What no attribute can hold counts as absent, as an attribute that Graph does not have.
    const auto value = expression::value_from_json(source_attribute(object, name));
    if (value && !expression::is_null(*value)) result.attributes.set(name, *value);
  }
  return result;
}

bool is_soft_deleted(const Json& object) {
  return !member_or_null(object, "deletedDateTime").is_null();
}

bool is_active(const Json& object) {
  return bool_or(object, "accountEnabled", true) && !is_soft_deleted(object);
}

const Table<Json>& source_objects(const Store& store, const std::string& object_name) {
  static const Table<Json> none;
  if (ascii::equal_ignoring_case(object_name, "User")) return store.users;
  return ascii::equal_ignoring_case(object_name, "Group") ? store.groups : none;
}

const Json* find_source(const Store& store, const std::string& object_name, const std::string& id) {
  return source_objects(store, object_name).find(id);
}

bool Entitlement::covers(const std::string& id) const {
  return everybody || roles.contains(id);
}

const std::vector<expression::AppRole>& Entitlement::roles_of(const std::string& id) const {
  static const std::vector<expression::AppRole> none;
  const auto found = roles.find(id);
  return found == roles.end() ? none : found->second;
}

Entitlement entitlement(const Store& store, const std::string& service_principal) {
  Entitlement result;
  const auto& secrets = store.secrets_of(service_principal);
  const auto sync_all = secrets.find("SyncAll");
  result.everybody =
      sync_all != secrets.end() && ascii::equal_ignoring_case(sync_all->second, "true");
  const std::map<std::string, expression::AppRole> known = app_roles(store, service_principal);
  for (const Assignment* assignment : store.assignments.with("resourceId", service_principal)) {
    if (assignment->deleted) continue;
    const auto role = known.find(string_or(assignment->value, "appRoleId"));
    const auto entitle = [&](const std::string& id) {
      std::vector<expression::AppRole>& held = result.roles[id];
      if (role != known.end()) held.push_back(role->second);
    };
    const std::string principal = string_or(assignment->value, "principalId");
    entitle(principal);
    for (const Json& member : members_of(store, principal)) {
      if (member.is_string()) entitle(member.get<std::string>());
    }
  }
  return result;
}

}  // namespace syncwright::emulator
