#pragma once

#include <optional>
#include <span>
#include <string>

#include "emulator/exchange.h"
#include "emulator/resources/directory_objects.h"

/// Users and groups of the tenant, as requests see and write them. They are kept as Graph's own
/// objects; a group's `members` and a user's `manager` hold ids. What is written follows the pages
/// of the Microsoft Graph reference that each operation names.
namespace syncwright::emulator {

/// What POST and PATCH take: the resource types `user` and `group` of the reference.
[[nodiscard]] std::span<const WritableProperty> writable_user_properties();
[[nodiscard]] std::span<const WritableProperty> writable_group_properties();

/// `everything`: for filters and `$select`, which may name any property.
[[nodiscard]] Json user_on_wire(const Json& user, bool everything);
[[nodiscard]] Json group_on_wire(const Json& group);
/// A Microsoft 365 group: `groupTypes` has "Unified".
[[nodiscard]] bool is_unified(const Json& group);

/// What a list shows: creations and deletions lag twice the delay there, as everywhere.
[[nodiscard]] bool is_in_lists(const Exchange& exchange, const Json& person);
/// In the deleted items, and replicated as such.
[[nodiscard]] bool is_in_deleted_items(const Exchange& exchange, const Json& person);

/// By id, a user by userPrincipalName as well; nullptr where a request does not see it.
[[nodiscard]] const Json* find_user(const Exchange& exchange, const std::string& key);
[[nodiscard]] const Json* find_group(const Exchange& exchange, const std::string& id);
/// The same, and nullptr where it is deleted already, though reads may still show it.
[[nodiscard]] const Json* user_to_change(const Exchange& exchange, const std::string& key);
[[nodiscard]] const Json* group_to_change(const Exchange& exchange, const std::string& id);

/// The refusal where another user has the userPrincipalName; a deleted user does not reserve it.
[[nodiscard]] std::optional<Reply> check_user_principal_name(const Exchange& exchange,
                                                             const Json& user);

/// The refusal of a creation that leaves out one of the required properties, or gives null.
[[nodiscard]] std::optional<Reply> check_required_properties(const Json& body,
                                                             std::span<const char* const> required,
                                                             const char* resource);

/// What `Tenant::people` tells.
[[nodiscard]] Json people_of(const Store& store);

}  // namespace syncwright::emulator
