#pragma once

#include <optional>
#include <string>

#include "emulator/exchange.h"

/// Objects that another one names: members of a group, owners, principals of assignments.
namespace syncwright::emulator {

/// How many references one body may bind ("Add members" and "Create application" of the reference).
inline constexpr std::size_t max_references = 20;

/// The id in "https://graph.microsoft.com/v1.0/directoryObjects/{id}", or in the same with users,
/// groups or servicePrincipals; empty where the URL is none of these.
[[nodiscard]] std::string id_of_reference(const std::string& url);

/// The user, group, service principal or application as a list of directory objects shows it, with
/// its `@odata.type`; nullopt where it is deleted, or not replicated yet. `for_query`: with every
/// property, since which of them are shown is decided once the list is filtered.
[[nodiscard]] std::optional<Json> referenced_object(const Exchange& exchange, const std::string& id,
                                                    bool for_query = false);

/// What `…/$ref` answers of the object: {"@odata.id": its URL among the directory objects}.
[[nodiscard]] Json reference_on_wire(const Exchange& exchange, const std::string& id);

/// The id of the object that a path `users/*...`, `groups/*...`, `servicePrincipals/*...` or
/// `directoryObjects/*...` begins with, a user by userPrincipalName as well; empty where the
/// request sees none.
[[nodiscard]] std::string id_in_path(const Exchange& exchange);

}  // namespace syncwright::emulator
