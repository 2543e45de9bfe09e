#pragma once

#include <span>
#include <string>
#include <string_view>

namespace syncwright::emulator {

/// What an operation asks of the token (docs/graph.md#5).
enum class Permission {
  any_token,
  application_read,
  application_write,
  assignment_read,  ///< from a user's or a group's end
  assignment_write,
  directory_read,  ///< an object of any type
  me_read,         ///< the signed-in user
  permission_grant_read,
  permission_grant_write,
  user_read,
  user_write,
  group_read,
  group_write,
  member_write,
  organization_read,
  synchronization_read,
  synchronization_write,
  synchronization_data_upload,
  discovery,
  connection_read,
  connection_write,
  policy_read,
  policy_write,
  provisioning_log_read,
  audit_log_read,
};

/// Whether one of the application roles or scopes of a token suffices.
[[nodiscard]] bool is_granted(Permission permission, std::span<const std::string> grants);
/// A missing one is answered 401 with an empty UnknownError, not 403 (docs/graph.md#13.5).
[[nodiscard]] bool is_of_synchronization(Permission permission);
/// The roles of the tokens that the emulator issues: all that any operation asks for.
[[nodiscard]] std::span<const std::string_view> all_grants();

}  // namespace syncwright::emulator
