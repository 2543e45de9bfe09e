#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::schema {

/// "Azure Active Directory" and "Microsoft Entra ID", the two names of one directory
/// (docs/graph.md#13.31).
[[nodiscard]] bool is_brand_name(std::string_view name);

/// The names that rules give a directory: equal, or both one of the two.
[[nodiscard]] bool same_directory_name(std::string_view left, std::string_view right);

/// Whether a directory is Entra ID itself, under either name.
[[nodiscard]] bool is_entra_directory(const DirectoryDefinition& directory);

/// Under which name parts of two documents meet (docs/graph.md#12), for `pair_parts`.

/// Both brand names of Entra ID give one identity.
[[nodiscard]] std::string identity_of(const DirectoryDefinition& directory);

/// How a rule is called: its name, else its id.
[[nodiscard]] std::string label_of(const SynchronizationRule& rule);

/// "User->Contact"
[[nodiscard]] std::string identity_of(const ObjectMapping& mapping);

/// For each rule the one of `others` that it is: by id, else by name, else by the directories;
/// nullptr where none is. No rule meets two.
[[nodiscard]] std::vector<const SynchronizationRule*> counterparts(
    const std::vector<SynchronizationRule>& rules, const std::vector<SynchronizationRule>& others);

/// One part on both sides of a comparison; nullptr where a side does not have it. `label` is the
/// part's name, with "#2", "#3" behind the further ones of that name (docs/graph.md#12: names of
/// objects repeat, match by name and ordinal).
template <class Part>
struct PartPair {
  const Part* before = nullptr;
  const Part* after = nullptr;
  std::string label;
};

/// In the order of `after`, then what only `before` has in its order.
template <class Part, class NameOf>
std::vector<PartPair<Part>> pair_parts(const std::vector<Part>& before,
                                       const std::vector<Part>& after, NameOf name_of) {
  using Identity = std::pair<std::string, std::size_t>;
  const auto identities = [&](const std::vector<Part>& parts) {
    std::vector<Identity> result;
    std::map<std::string, std::size_t> counts;
    for (const Part& part : parts) {
      std::string name = name_of(part);
      const std::size_t ordinal = ++counts[name];
      result.emplace_back(std::move(name), ordinal);
    }
    return result;
  };
  std::vector<PartPair<Part>> pairs;
  std::map<Identity, std::size_t> index;
  const auto pair_of = [&](const Identity& identity) -> PartPair<Part>& {
    const auto [found, is_new] = index.emplace(identity, pairs.size());
    if (is_new) {
      const auto& [name, ordinal] = identity;
      pairs.push_back(
          {nullptr, nullptr, ordinal == 1 ? name : name + "#" + std::to_string(ordinal)});
    }
    return pairs[found->second];
  };
  const std::vector<Identity> after_identities = identities(after);
  for (std::size_t i = 0; i < after.size(); ++i) pair_of(after_identities[i]).after = &after[i];
  const std::vector<Identity> before_identities = identities(before);
  for (std::size_t i = 0; i < before.size(); ++i) pair_of(before_identities[i]).before = &before[i];
  return pairs;
}

}  // namespace syncwright::schema
