#include "syncwright/graph_read/permissions.h"

#include <algorithm>

namespace syncwright {
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

/// In the order of `Feature`. Application.ReadWrite.OwnedBy reaches only what the same identity
/// created.
const std::vector<FeaturePermission>& table() {
  static const std::vector<FeaturePermission> permissions = {
      {"read applications",
       {"Application.Read.All", "Application.ReadWrite.OwnedBy", "Application.ReadWrite.All",
        "Directory.Read.All"},
       "plan, apply, drift, status"},
      {"read provisioning",
       {"Synchronization.Read.All", "Synchronization.ReadWrite.All",
        "Application.ReadWrite.OwnedBy"},
       "plan, apply, drift, status"},
      {"read provisioning logs", {"ProvisioningLog.Read.All", "AuditLog.Read.All"}, "logs"},
      {"read who changed what", {"AuditLog.Read.All"}, "drift"},
      {"look up users", {"User.Read.All", "Directory.Read.All"}, "assignments in plan and apply"},
      {"look up groups",
       {"GroupMember.Read.All", "Group.Read.All", "Directory.Read.All"},
       "assignments in plan and apply"},
      {"create and change applications",
       {"Application.ReadWrite.OwnedBy", "Application.ReadWrite.All"},
       "apply"},
      {"change provisioning",
       {"Synchronization.ReadWrite.All", "Application.ReadWrite.OwnedBy"},
       "apply, job"},
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

const FeaturePermission* permission_for(HttpMethod method, std::string_view url) {
  const std::string_view path = url.substr(0, url.find('?'));
  const bool reads = method == HttpMethod::get;
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

bool grants(const FeaturePermission& permission, const std::vector<std::string>& roles) {
  return std::any_of(roles.begin(), roles.end(), [&](const std::string& role) {
    return std::find(permission.roles.begin(), permission.roles.end(), role) !=
           permission.roles.end();
  });
}

}  // namespace syncwright
