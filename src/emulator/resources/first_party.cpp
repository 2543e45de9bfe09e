#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "emulator/odata/filter.h"
#include "emulator/odata/request_target.h"
#include "emulator/resources/application_instance.h"
#include "emulator/resources/object_type.h"
#include "emulator/store/store.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

constexpr const char* microsoft_graph = "00000003-0000-0000-c000-000000000000";

struct GraphRole {
  std::string_view name;
  std::string_view id;  ///< empty: not recorded (docs/graph.md#5.2.6)
};

/// Microsoft Graph's application permissions, as its permissions reference numbers them: the roles
/// that permission.cpp asks for (a test compares the two).
constexpr std::array<GraphRole, 22> graph_roles{{
    {"AppRoleAssignment.ReadWrite.All", "06b708a9-e830-4db3-a914-8e69da51d44f"},
    {"Application.Read.All", "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30"},
    {"Application.ReadWrite.All", "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9"},
    {"Application.ReadWrite.OwnedBy", "18a4783c-866b-4cc7-a460-3d5e5662c884"},
    {"AuditLog.Read.All", "b0afded3-3588-46d8-8b3d-9842eff778da"},
    {"DelegatedPermissionGrant.ReadWrite.All", "8e8e4742-1d95-4f68-9d56-6ee75648c72a"},
    {"Directory.Read.All", "7ab1d382-f21e-4acd-a863-ba3e13f7da61"},
    {"Directory.ReadWrite.All", "19dbc75e-c2e2-444c-a770-ec69d8559fc7"},
    {"Group.Read.All", "5b567255-7703-4780-807c-7be8301ae99b"},
    {"Group.ReadWrite.All", "62a82d76-70ea-41e2-9197-370581804d09"},
    {"GroupMember.Read.All", "98830695-27a2-44f7-8c18-0c3ebc9698f6"},
    {"GroupMember.ReadWrite.All", "dbaae8cf-10b5-4b86-a4a1-f871c94c6695"},
    {"Organization.Read.All", "498476ce-e0fe-48b0-b801-37ba7e2685c6"},
    {"Policy.Read.All", "246dd0d5-5bd0-4def-940b-0421030a5b68"},
    {"Policy.ReadWrite.CrossTenantAccess", "338163d7-f101-4c92-94ba-ca46fe52447c"},
    {"ProvisioningLog.Read.All", ""},
    {"Synchronization.Read.All", "5ba43d2f-fa88-4db2-bd1c-a67c5f0fb1ce"},
    {"Synchronization.ReadWrite.All", "9b50c33d-700f-43b1-b2eb-87e89b703581"},
    {"SynchronizationData-User.Upload", "db31e92a-b9ea-4d87-bf6a-75a37a9ca35a"},
    {"SynchronizationData-User.Upload.OwnedBy", ""},
    {"User.Read.All", "df021288-bdef-4463-88db-98f22de89214"},
    {"User.ReadWrite.All", "741f803b-c850-494e-b5df-cde7c675a1ca"},
}};

/// [G] docs/graph.md#5.2.6: a role whose id is not recorded gets one that is its name's.
std::string assumed_role_id(const GraphRole& role) {
  return role.id.empty() ? named_uuid(fmt::format("Microsoft Graph role {}", role.name))
                         : std::string(role.id);
}

Json roles_of_graph() {
  Json roles = Json::array();
  for (const GraphRole& role : graph_roles) {
    roles.push_back({{"id", assumed_role_id(role)},
                     {"allowedMemberTypes", {"Application"}},
                     {"description", role.name},
                     {"displayName", role.name},
                     {"isEnabled", true},
                     {"origin", "Application"},
                     {"value", role.name}});
  }
  return roles;
}

constexpr std::string_view principals_name = "servicePrincipals";
constexpr std::string_view key_name = "appId";

bool compares_with(const FilterNode& filter, std::string_view app_id) {
  if (ascii::equal_ignoring_case(filter.path, key_name)) {
    return std::any_of(filter.literals.begin(), filter.literals.end(),
                       [&](const Literal& literal) { return literal.value == app_id; });
  }
  return std::any_of(filter.children.begin(), filter.children.end(),
                     [&](const FilterNode& child) { return compares_with(child, app_id); });
}

/// A list or count of service principals whose filter names the appId.
bool filters_by(const Call& call, std::string_view app_id) {
  if (!ascii::equal_ignoring_case(call.segments.front(), principals_name)) return false;
  for (const auto& [name, value] : call.query.all()) {
    if (!ascii::equal_ignoring_case(name, "$filter")) continue;
    const std::optional<FilterNode> filter = parse_filter(value);
    return filter && compares_with(*filter, app_id);
  }
  return false;
}

bool is_keyed_by(const Call& call, std::string_view app_id) {
  KeySegment segment;
  return parse_key_segment(call.segments.front(), segment) && segment.value == app_id &&
         ascii::equal_ignoring_case(segment.collection, principals_name) &&
         ascii::equal_ignoring_case(segment.key, key_name);
}

}  // namespace

void admit_first_party(const Exchange& exchange) {
  const Call& call = exchange.call;
  if (call.segments.empty()) return;
  if (!is_keyed_by(call, microsoft_graph) && !filters_by(call, microsoft_graph)) return;
  Collection& principals = exchange.store.service_principals;
  if (!principals.with("appId", microsoft_graph).empty()) return;
  Json value = instance_of(exchange, *first_party_application(microsoft_graph));
  value["id"] = named_uuid(fmt::format("Microsoft Graph in {}", exchange.tenant_id()));
  value["createdByAppId"] = nullptr;
  principals.add(std::move(value), call.now - 2 * exchange.store.delay);  // replicated long ago
}

std::optional<Json> first_party_application(const std::string& app_id) {
  if (app_id != microsoft_graph) return std::nullopt;
  Json application = new_object(application_type());
  application["appId"] = microsoft_graph;
  application["appRoles"] = roles_of_graph();
  application["displayName"] = "Microsoft Graph";
  application["identifierUris"] = {"https://graph.microsoft.com"};
  application["signInAudience"] = "AzureADMultipleOrgs";
  return application;
}

}  // namespace syncwright::emulator
