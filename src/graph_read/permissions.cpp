#include "syncwright/graph_read/permissions.h"

#include <fmt/format.h>

#include <algorithm>

namespace syncwright::graph_read {
namespace {

enum Feature : std::size_t {
  kReadApplications,
  kReadProvisioning,
  kReadLogs,
  kReadAudits,
  kReadUsers,
  kReadGroups,
  kWriteApplications,
  kWriteProvisioning,
  kWriteAssignments,
};

/// Reaches only what the same identity created; may be refused a restart even there
/// (docs/graph.md#5.5).
constexpr std::string_view kOwnedAlone = "Application.ReadWrite.OwnedBy";

/// In the order of `Feature`.
const std::vector<FeaturePermission>& table() {
  static const std::vector<FeaturePermission> permissions = {
      {"read applications",
       {"Application.Read.All", kOwnedAlone, "Application.ReadWrite.All", "Directory.Read.All"},
       "plan, apply, drift, status"},
      {"read provisioning",
       {"Synchronization.Read.All", "Synchronization.ReadWrite.All", kOwnedAlone},
       "plan, apply, drift, status"},
      {"read provisioning logs", {"ProvisioningLog.Read.All", "AuditLog.Read.All"}, "logs"},
      {"read who changed what", {"AuditLog.Read.All"}, "drift"},
      {"look up users",
       {"User.Read.All", "Directory.Read.All"},
       "assignments in plan and apply, provision by name"},
      {"look up groups",
       {"GroupMember.Read.All", "Group.Read.All", "Directory.Read.All"},
       "assignments in plan and apply"},
      {"create and change applications", {kOwnedAlone, "Application.ReadWrite.All"}, "apply"},
      {"change provisioning",
       {"Synchronization.ReadWrite.All", kOwnedAlone},
       "apply, job, provision"},
      {"assign users and groups", {"AppRoleAssignment.ReadWrite.All"}, "assignments in apply"},
  };
  return permissions;
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

std::span<const FeaturePermission> feature_permissions() {
  return table();
}

const FeaturePermission* permission_for(http::HttpMethod method, std::string_view url) {
  const std::string_view path = url.substr(0, url.find('?'));
  const bool reads = method == http::HttpMethod::get;
  if (contains(path, "/synchronization/")) {
    return &table()[reads ? kReadProvisioning : kWriteProvisioning];
  }
  if (contains(path, "/auditLogs/provisioning")) return &table()[kReadLogs];
  if (contains(path, "/auditLogs/directoryAudits")) return &table()[kReadAudits];
  if (contains(path, "/users")) return &table()[kReadUsers];
  if (contains(path, "/groups")) return &table()[kReadGroups];
  if (contains(path, "/appRoleAssignedTo") && !reads) return &table()[kWriteAssignments];
  if (contains(path, "/applicationTemplates")) {
    return reads ? nullptr : &table()[kWriteApplications];
  }
  if (contains(path, "/applications") || contains(path, "/servicePrincipals") ||
      contains(path, "/directory/deletedItems")) {
    return &table()[reads ? kReadApplications : kWriteApplications];
  }
  return nullptr;
}

namespace {

bool has(const std::optional<TokenClaims>& token, std::string_view role) {
  return token && std::find(token->roles.begin(), token->roles.end(), role) != token->roles.end();
}

/// Those of the feature's permissions that the token has.
std::vector<std::string_view> permissions_of_token(const FeaturePermission& permission,
                                                   const std::optional<TokenClaims>& token) {
  std::vector<std::string_view> roles;
  std::copy_if(permission.roles.begin(), permission.roles.end(), std::back_inserter(roles),
               [&token](std::string_view role) { return has(token, role); });
  return roles;
}

}  // namespace

bool grants(const FeaturePermission& permission, const std::vector<std::string>& roles) {
  return std::any_of(roles.begin(), roles.end(), [&](const std::string& role) {
    return std::find(permission.roles.begin(), permission.roles.end(), role) !=
           permission.roles.end();
  });
}

std::vector<std::string_view> missing_permissions(const FeaturePermission& permission,
                                                  const std::optional<TokenClaims>& token) {
  const std::vector<std::string_view> roles = permissions_of_token(permission, token);
  if (roles.empty()) return permission.roles;
  if (roles != std::vector{kOwnedAlone}) return {};
  std::vector<std::string_view> others = permission.roles;
  std::erase(others, kOwnedAlone);
  return others;
}

std::string permission_advice(const FeaturePermission& permission,
                              const std::optional<TokenClaims>& token) {
  const std::vector<std::string_view> roles = permissions_of_token(permission, token);
  const std::vector<std::string_view> missing = missing_permissions(permission, token);
  const bool delegated = token && token->delegated;
  if (missing.empty()) {
    return fmt::format(
        "the token has {} already: {}", fmt::join(roles, " and "),
        delegated ? "whoever signed in lacks a directory role, Cloud Application Administrator or "
                    "more"
                  : "granting more does not help; what was created minutes ago may not be known "
                    "everywhere yet");
  }
  return fmt::format(
      "{}to {}, grant the {} permission {} with admin consent, then get a new token",
      roles.empty() ? ""
                    : fmt::format("{}, which the token has, is not enough here: ", roles.front()),
      permission.feature, delegated ? "delegated" : "application", fmt::join(missing, " or "));
}

}  // namespace syncwright::graph_read
