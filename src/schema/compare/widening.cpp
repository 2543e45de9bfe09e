#include "schema/compare/widening.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace syncwright::schema {

namespace {

/// The clauses of one group, each as its canonical text.
using ClauseSet = std::set<std::string>;

/// Every group of one side is compared with every group of the other. A filter with more groups
/// than this comes from no manifest, and is taken to widen.
constexpr std::size_t kMostComparisons = 4'000'000;

bool lets_everybody_in(const Json& groups) {
  return !groups.is_array() || groups.empty();
}

std::vector<ClauseSet> clause_sets(const Json& groups) {
  std::vector<ClauseSet> sets;
  for (const Json& group : groups) {
    ClauseSet& clauses = sets.emplace_back();
    for (const Json& clause : member_or_null(group, "all")) clauses.insert(canonical_json(clause));
  }
  return sets;
}

std::size_t weight_of(const std::vector<ClauseSet>& groups) {
  std::size_t weight = groups.size();
  for (const ClauseSet& group : groups) weight += group.size();
  return weight;
}

/// Whoever passes `narrow` passes `wide`: it asks for nothing that the other does not ask for.
bool covers(const ClauseSet& wide, const ClauseSet& narrow) {
  if (wide.empty()) return narrow.empty();
  return std::includes(narrow.begin(), narrow.end(), wide.begin(), wide.end());
}

bool is_list_of_included(const std::string& member) {
  return member.starts_with("included");
}

}  // namespace

bool may_widen(const Json& before, const Json& after) {
  if (lets_everybody_in(before)) return false;
  if (lets_everybody_in(after)) return true;
  const std::vector<ClauseSet> old_groups = clause_sets(before);
  const std::vector<ClauseSet> new_groups = clause_sets(after);
  if (weight_of(new_groups) > kMostComparisons / weight_of(old_groups)) return true;
  return !std::all_of(new_groups.begin(), new_groups.end(), [&](const ClauseSet& narrow) {
    return std::any_of(old_groups.begin(), old_groups.end(),
                       [&](const ClauseSet& wide) { return covers(wide, narrow); });
  });
}

bool may_include_more(const Json& before, const Json& after) {
  if (!before.is_object()) return !before.is_null();
  for (const auto& [member, names] : before.items()) {
    const Json& left = member_or_null(after, member.c_str());
    if (left == names) continue;
    if (!is_list_of_included(member) || !names.is_array() || !left.is_array()) return true;
    // Both are sorted: canonical forms are.
    if (!std::includes(names.begin(), names.end(), left.begin(), left.end())) return true;
  }
  return false;
}

}  // namespace syncwright::schema
