#include "source_object.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "exchange.h"

namespace syncwright::emulator {

namespace {

/// Attribute of the synchronization schema -> property of Graph.
constexpr std::array<std::pair<std::string_view, const char*>, 6> renamed{{
    {"objectId", "id"},
    {"mobile", "mobilePhone"},
    {"physicalDeliveryOfficeName", "officeLocation"},
    {"facsimileTelephoneNumber", "faxNumber"},
    {"originalUserPrincipalName", "userPrincipalName"},
    {"onPremisesUserPrincipalName", "onPremisesUserPrincipalName"},
}};

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

void add_members(const Store& store, const std::string& group_id, std::set<std::string>& ids) {
  for (const Json& group : store.groups) {
    if (string_or(group, "id") != group_id) continue;
    for (const Json& member : member_or_null(group, "members")) {
      if (member.is_string()) ids.insert(member.get<std::string>());
    }
  }
}

}  // namespace

Json source_attribute(const Json& object, const std::string& name) {
  if (name == "IsSoftDeleted") return bool_or(object, "isSoftDeleted", false);
  if (name == "telephoneNumber") return first_of(member_or_null(object, "businessPhones"));
  for (const auto& [attribute, property] : renamed) {
    if (attribute == name) return member_or_null(object, property);
  }
  if (name.starts_with("extensionAttribute")) {
    const Json& extensions = member_or_null(object, "onPremisesExtensionAttributes");
    const Json& value = member_or_null(extensions, name.c_str());
    if (!value.is_null()) return value;
  }
  const Json& value = member_or_null(object, name.c_str());
  return value.is_null() ? nested_attribute(object, name) : value;
}

bool is_active(const Json& object) {
  return bool_or(object, "accountEnabled", true) && !bool_or(object, "isSoftDeleted", false);
}

const std::vector<Json>& source_objects(const Store& store, const std::string& object_name) {
  static const std::vector<Json> none;
  if (equal_without_case(object_name, "User")) return store.users;
  return equal_without_case(object_name, "Group") ? store.groups : none;
}

bool Entitlement::covers(const Json& object) const {
  return everybody || ids.contains(string_or(object, "id"));
}

Entitlement entitlement(const Store& store, const std::string& service_principal) {
  Entitlement result;
  const auto& secrets = secrets_of(store, service_principal);
  const auto sync_all = secrets.find("SyncAll");
  result.everybody = sync_all != secrets.end() && equal_without_case(sync_all->second, "true");
  for (const Assignment& assignment : store.assignments) {
    const bool applies =
        !assignment.deleted && string_or(assignment.value, "resourceId") == service_principal;
    if (!applies) continue;
    const std::string principal = string_or(assignment.value, "principalId");
    result.ids.insert(principal);
    add_members(store, principal, result.ids);
  }
  return result;
}

}  // namespace syncwright::emulator
