#include "emulator/permission.h"

#include <algorithm>
#include <array>

namespace syncwright::emulator {

namespace {

using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 5> application_readers{
    "Application.Read.All", "Application.ReadWrite.All", "Application.ReadWrite.OwnedBy",
    "Directory.Read.All", "Directory.ReadWrite.All"};
constexpr std::array<std::string_view, 3> application_writers{
    "Application.ReadWrite.All", "Application.ReadWrite.OwnedBy", "Directory.ReadWrite.All"};
constexpr std::array<std::string_view, 3> assignment_readers{
    "AppRoleAssignment.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"};
constexpr std::array<std::string_view, 1> assignment_writers{"AppRoleAssignment.ReadWrite.All"};
constexpr std::array<std::string_view, 2> directory_readers{"Directory.Read.All",
                                                            "Directory.ReadWrite.All"};
constexpr std::array<std::string_view, 6> me_readers{
    "User.Read",          "User.ReadWrite",     "User.Read.All",
    "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"};
constexpr std::array<std::string_view, 3> permission_grant_readers{
    "DelegatedPermissionGrant.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"};
constexpr std::array<std::string_view, 2> permission_grant_writers{
    "DelegatedPermissionGrant.ReadWrite.All", "Directory.ReadWrite.All"};
constexpr std::array<std::string_view, 4> user_readers{
    "User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"};
constexpr std::array<std::string_view, 2> user_writers{"User.ReadWrite.All",
                                                       "Directory.ReadWrite.All"};
constexpr std::array<std::string_view, 2> group_writers{"Group.ReadWrite.All",
                                                        "Directory.ReadWrite.All"};
constexpr std::array<std::string_view, 3> member_writers{
    "GroupMember.ReadWrite.All", "Group.ReadWrite.All", "Directory.ReadWrite.All"};
constexpr std::array<std::string_view, 5> group_readers{"Group.Read.All", "GroupMember.Read.All",
                                                        "Group.ReadWrite.All", "Directory.Read.All",
                                                        "Directory.ReadWrite.All"};
constexpr std::array<std::string_view, 3> organization_readers{
    "Organization.Read.All", "Directory.Read.All", "Directory.ReadWrite.All"};
constexpr std::array<std::string_view, 3> synchronization_readers{
    "Synchronization.Read.All", "Synchronization.ReadWrite.All", "Application.ReadWrite.OwnedBy"};
constexpr std::array<std::string_view, 2> synchronization_writers{"Synchronization.ReadWrite.All",
                                                                  "Application.ReadWrite.OwnedBy"};
constexpr std::array<std::string_view, 2> synchronization_uploaders{
    "SynchronizationData-User.Upload", "SynchronizationData-User.Upload.OwnedBy"};
/// [G] The first two are documented (docs/graph.md#5.6); that whoever may write a schema may
/// discover its directories is not (docs/graph.md#14.25).
constexpr std::array<std::string_view, 3> assumed_discoverers{
    "Directory.ReadWrite.All", "Application.ReadWrite.OwnedBy", "Synchronization.ReadWrite.All"};
/// Two pages of Microsoft's differ on them (docs/graph.md#5.10); either's suffice.
constexpr std::array<std::string_view, 7> connection_readers{
    "SynchronizationMetadata.Read.All",
    "SynchronizationMetadata.Read.OwnedBy",
    "SynchronizationMetadata.ReadWrite.All",
    "SynchronizationMetadata.ReadWrite.OwnedBy",
    "Synchronization.Read.All",
    "Synchronization.ReadWrite.All",
    "Application.ReadWrite.OwnedBy"};
constexpr std::array<std::string_view, 4> connection_writers{
    "SynchronizationMetadata.ReadWrite.All", "SynchronizationMetadata.ReadWrite.OwnedBy",
    "Synchronization.ReadWrite.All", "Application.ReadWrite.OwnedBy"};
constexpr std::array<std::string_view, 2> policy_readers{"Policy.Read.All",
                                                         "Policy.ReadWrite.CrossTenantAccess"};
constexpr std::array<std::string_view, 1> policy_writers{"Policy.ReadWrite.CrossTenantAccess"};
constexpr std::array<std::string_view, 2> log_readers{"ProvisioningLog.Read.All",
                                                      "AuditLog.Read.All"};
constexpr std::array<std::string_view, 1> audit_readers{"AuditLog.Read.All"};

constexpr std::array<std::string_view, 17> issued{"AppRoleAssignment.ReadWrite.All",
                                                  "Application.Read.All",
                                                  "Application.ReadWrite.All",
                                                  "AuditLog.Read.All",
                                                  "DelegatedPermissionGrant.ReadWrite.All",
                                                  "Directory.Read.All",
                                                  "Group.Read.All",
                                                  "Group.ReadWrite.All",
                                                  "Organization.Read.All",
                                                  "Policy.Read.All",
                                                  "Policy.ReadWrite.CrossTenantAccess",
                                                  "ProvisioningLog.Read.All",
                                                  "Synchronization.Read.All",
                                                  "Synchronization.ReadWrite.All",
                                                  "SynchronizationData-User.Upload",
                                                  "User.Read.All",
                                                  "User.ReadWrite.All"};

Names sufficient(Permission permission) {
  switch (permission) {
    case Permission::any_token:
      return {};
    case Permission::application_read:
      return application_readers;
    case Permission::application_write:
      return application_writers;
    case Permission::assignment_read:
      return assignment_readers;
    case Permission::assignment_write:
      return assignment_writers;
    case Permission::directory_read:
      return directory_readers;
    case Permission::me_read:
      return me_readers;
    case Permission::permission_grant_read:
      return permission_grant_readers;
    case Permission::permission_grant_write:
      return permission_grant_writers;
    case Permission::user_read:
      return user_readers;
    case Permission::user_write:
      return user_writers;
    case Permission::group_read:
      return group_readers;
    case Permission::group_write:
      return group_writers;
    case Permission::member_write:
      return member_writers;
    case Permission::organization_read:
      return organization_readers;
    case Permission::synchronization_read:
      return synchronization_readers;
    case Permission::synchronization_write:
      return synchronization_writers;
    case Permission::synchronization_data_upload:
      return synchronization_uploaders;
    case Permission::discovery:
      return assumed_discoverers;
    case Permission::connection_read:
      return connection_readers;
    case Permission::connection_write:
      return connection_writers;
    case Permission::policy_read:
      return policy_readers;
    case Permission::policy_write:
      return policy_writers;
    case Permission::provisioning_log_read:
      return log_readers;
    case Permission::audit_log_read:
      return audit_readers;
  }
  return {};
}

}  // namespace

bool is_granted(Permission permission, std::span<const std::string> grants) {
  if (permission == Permission::any_token) return true;
  const Names names = sufficient(permission);
  return std::any_of(grants.begin(), grants.end(), [&](const std::string& grant) {
    return std::find(names.begin(), names.end(), grant) != names.end();
  });
}

bool is_of_synchronization(Permission permission) {
  switch (permission) {
    case Permission::synchronization_read:
    case Permission::synchronization_write:
    case Permission::discovery:
    case Permission::connection_read:
    case Permission::connection_write:
      return true;
    default:
      return false;
  }
}

std::span<const std::string_view> all_grants() {
  return issued;
}

}  // namespace syncwright::emulator
