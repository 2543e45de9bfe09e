#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "syncwright/schema/synchronization_schema.h"

namespace syncwright {

/// "Azure Active Directory" and "Microsoft Entra ID", the two names of one directory
/// (docs/graph.md#13.31).
[[nodiscard]] bool is_brand_name(std::string_view name);

/// The names that rules give a directory: equal, or both one of the two.
[[nodiscard]] bool same_directory_name(std::string_view left, std::string_view right);

/// Whether a directory is Entra ID itself, under either name.
[[nodiscard]] bool is_entra_directory(const DirectoryDefinition& directory);

/// Under which name parts of two documents meet (docs/graph.md#12), for `pair_parts`.

/// One name for Entra ID, whatever the brand of the day.
[[nodiscard]] std::string identity_of(const DirectoryDefinition& directory);

/// How a rule is called: its name, else its id.
[[nodiscard]] std::string label_of(const SynchronizationRule& rule);

/// "User->Contact"
[[nodiscard]] std::string identity_of(const ObjectMapping& mapping);

/// For each rule the one of `others` that it is: by id, else by name, else by the directories;
/// nullptr where none is. No rule meets two.
[[nodiscard]] std::vector<const SynchronizationRule*> counterparts(
    const std::vector<SynchronizationRule>& rules, const std::vector<SynchronizationRule>& others);

}  // namespace syncwright
