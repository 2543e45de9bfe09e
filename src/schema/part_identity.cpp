#include "schema/part_identity.h"

#include <cstddef>

#include "syncwright/core/ascii.h"

namespace syncwright::schema {

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

std::string identity_of(const DirectoryDefinition& directory) {
  return is_entra_directory(directory) ? "Microsoft Entra ID" : directory.name;
}

std::string label_of(const SynchronizationRule& rule) {
  return rule.name.empty() ? rule.id : rule.name;
}

std::string identity_of(const ObjectMapping& mapping) {
  return mapping.source_object_name + "->" + mapping.target_object_name;
}

std::vector<const SynchronizationRule*> counterparts(
    const std::vector<SynchronizationRule>& rules, const std::vector<SynchronizationRule>& others) {
  std::vector<const SynchronizationRule*> found(rules.size(), nullptr);
  std::vector<bool> taken(others.size(), false);
  const auto match = [&](auto is_same) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
      for (std::size_t j = 0; j < others.size() && found[i] == nullptr; ++j) {
        if (taken[j] || !is_same(rules[i], others[j])) continue;
        found[i] = &others[j];
        taken[j] = true;
      }
    }
  };
  using Rule = SynchronizationRule;
  match(
      [](const Rule& rule, const Rule& other) { return !rule.id.empty() && rule.id == other.id; });
  match([](const Rule& rule, const Rule& other) {
    return !rule.name.empty() && rule.name == other.name;
  });
  match([](const Rule& rule, const Rule& other) {
    return same_directory_name(rule.source_directory_name, other.source_directory_name) &&
           same_directory_name(rule.target_directory_name, other.target_directory_name);
  });
  return found;
}

}  // namespace syncwright::schema
