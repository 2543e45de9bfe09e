#pragma once

#include <string>
#include <string_view>

#include "syncwright/schema/synchronization_schema.h"

namespace syncwright {

/// "Azure Active Directory" and "Microsoft Entra ID", the two names of one directory
/// (docs/graph.md#13.31).
[[nodiscard]] bool is_brand_name(std::string_view name);

/// The names that rules give a directory: equal, or both one of the two.
[[nodiscard]] bool same_directory_name(std::string_view left, std::string_view right);

/// Whether a directory is Entra ID itself, under either name.
[[nodiscard]] bool is_entra_directory(const DirectoryDefinition& directory);

}  // namespace syncwright
