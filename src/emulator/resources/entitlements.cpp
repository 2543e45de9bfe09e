#include "emulator/resources/entitlements.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "emulator/graph_error.h"
#include "emulator/resources/directory_objects.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

constexpr const char* roles_name = "appRoles";
constexpr const char* scopes_name = "oauth2PermissionScopes";

Json with_defaults(Json defaults, const Json& given) {
  defaults.update(given);
  return defaults;
}

void complete_roles(Json& roles) {
  for (Json& role : roles) {
    role = with_defaults({{"allowedMemberTypes", Json::array()},
                          {"description", nullptr},
                          {"displayName", nullptr},
                          {"isEnabled", true},
                          {"origin", "Application"},
                          {"value", nullptr}},
                         role);
  }
}

void complete_scopes(Json& scopes) {
  for (Json& scope : scopes) {
    if (!scope.is_object()) continue;
    scope = with_defaults({{"adminConsentDescription", nullptr},
                           {"adminConsentDisplayName", nullptr},
                           {"isEnabled", true},
                           {"type", "User"},
                           {"userConsentDescription", nullptr},
                           {"userConsentDisplayName", nullptr},
                           {"value", nullptr}},
                          scope);
  }
}

Reply invalid_entitlement(const char* property) {
  return bad_request(fmt::format(
      "Invalid value specified for property '{}' of resource 'Application'.", property));
}

/// [G] docs/graph.md#5.2.3: the rule is documented, the refusal is as clients have quoted it.
Reply assumed_refusal_of_removal(const char* property) {
  const std::string message = "Property value cannot be deleted unless it is disabled first.";
  Reply reply = graph_error(400, "CannotDeleteOrUpdateEnabledEntitlement", message);
  reply.body["error"]["details"] = Json::array({{{"code", "CannotDeleteOrUpdateEnabledEntitlement"},
                                                 {"message", message},
                                                 {"target", property}}});
  return reply;
}

bool has_id(const Json& list, const std::string& id) {
  return std::any_of(list.begin(), list.end(), [&](const Json& item) {
    return ascii::equal_ignoring_case(string_or(item, "id"), id);
  });
}

bool loses_enabled_one(const Json& before, const Json& after) {
  return std::any_of(before.begin(), before.end(), [&](const Json& held) {
    return bool_or(held, "isEnabled", false) && !has_id(after, string_or(held, "id"));
  });
}

/// Ids are unique among roles, and among scopes.
std::optional<Reply> check_ids(const Json& list, const char* property) {
  std::set<std::string> ids;
  for (const Json& item : list) {
    const std::string id = ascii::lower(string_or(item, "id"));
    if (!is_guid(id) || !ids.insert(id).second) return invalid_entitlement(property);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Reply> check_entitlements(const Json& before, Json& application) {
  if (application[roles_name].is_array()) complete_roles(application[roles_name]);
  if (application["api"].is_object() && application["api"][scopes_name].is_array()) {
    complete_scopes(application["api"][scopes_name]);
  }
  const Json& roles = list_or_empty(application, roles_name);
  const Json& scopes = list_or_empty(member_or_null(application, "api"), scopes_name);
  if (auto refusal = check_ids(roles, roles_name)) return refusal;
  if (auto refusal = check_ids(scopes, scopes_name)) return refusal;
  if (loses_enabled_one(list_or_empty(before, roles_name), roles)) {
    return assumed_refusal_of_removal(roles_name);
  }
  if (loses_enabled_one(list_or_empty(member_or_null(before, "api"), scopes_name), scopes)) {
    return assumed_refusal_of_removal(scopes_name);
  }
  return std::nullopt;
}

}  // namespace syncwright::emulator
