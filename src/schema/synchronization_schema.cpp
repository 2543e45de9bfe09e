#include "syncwright/schema/synchronization_schema.h"

#include <algorithm>

#include "schema/part_identity.h"
#include "syncwright/core/ascii.h"

namespace syncwright {

namespace {

constexpr std::string_view entra_id = "66e4a8cc-1b7b-435e-95f8-f06cea133828";  // docs/graph.md#10.2

bool is_entra_id(std::string_view id) {
  return ascii::equal_ignoring_case(id, entra_id);
}

}  // namespace

bool is_brand_name(std::string_view name) {
  return name == "Azure Active Directory" || name == "Microsoft Entra ID";
}

bool same_directory_name(std::string_view left, std::string_view right) {
  return left == right || (is_brand_name(left) && is_brand_name(right));
}

bool is_entra_directory(const DirectoryDefinition& directory) {
  return is_entra_id(directory.id) && is_brand_name(directory.name);
}

const DirectoryDefinition* SynchronizationSchema::find_directory(std::string_view name) const {
  const auto find = [this](auto matches) -> const DirectoryDefinition* {
    const auto found = std::find_if(directories_.begin(), directories_.end(), matches);
    return found == directories_.end() ? nullptr : &*found;
  };
  const auto* named = find([&](const DirectoryDefinition& one) { return one.name == name; });
  return named != nullptr || !is_brand_name(name) ? named : find(is_entra_directory);
}

}  // namespace syncwright
