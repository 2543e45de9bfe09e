#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace syncwright {

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

}  // namespace syncwright
