#include "export/set_columns.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "syncwright/core/ascii.h"
#include "syncwright/model/application_members.h"

namespace syncwright::exporting {
namespace {

/// Only what a reference can name: letters, digits, `_` and `-`, a letter first.
std::string column_name(std::string_view wish) {
  std::string name;
  for (const char c : wish) {
    name += ascii::is_letter(c) || ascii::is_digit(c) || c == '_' ? c : '-';
  }
  return name.empty() || !ascii::is_letter(name.front()) ? "x" + name : name;
}

/// "notifications", "enabled": notificationsEnabled.
std::string join_words(const std::string& first, std::string second) {
  if (!second.empty() && second[0] >= 'a' && second[0] <= 'z') {
    second[0] = static_cast<char>(second[0] - 'a' + 'A');
  }
  return first + second;
}

bool names_principal(const std::string& key) {
  return key == "user" || key == "group" || key == "servicePrincipal";
}

}  // namespace

SetColumns::SetColumns(std::vector<YamlOutput> rows) : rows_(std::move(rows)) {
  for (const YamlOutput& row : rows_) {
    for (const YamlOutputEntry& entry : row.entries) names_.insert(entry.key);
  }
}

std::string SetColumns::reference_to(const std::string& column) {
  return "${each." + column + "}";
}

std::string SetColumns::free_name(const std::string& wish) {
  const std::string base = column_name(wish);
  std::string name = base;
  for (int next = 2; !names_.insert(name).second; ++next) name = base + std::to_string(next);
  return name;
}

YamlOutput SetColumns::join(const std::string& wish, const std::vector<YamlOutput>& values) {
  const std::string first = yaml_flow(values.front());
  const bool all_equal = std::all_of(values.begin(), values.end(), [&](const YamlOutput& value) {
    return yaml_flow(value) == first;
  });
  if (all_equal) return values.front();
  const std::string name = free_name(wish);
  for (std::size_t row = 0; row < rows_.size(); ++row) rows_[row].add(name, values[row]);
  return yaml_text(reference_to(name));
}

void visit_columns(YamlOutput& spec,
                   const std::function<void(const std::string& wish, YamlOutput& value)>& visit) {
  for (YamlOutputEntry& entry : spec.entries) {
    model::for_each_application_text([&](const auto& row) {
      const bool is_left_out_at_will = std::decay_t<decltype(row)>::is_optional;
      if (is_left_out_at_will && entry.key == row.name) visit(entry.key, entry.value);
    });
    if (entry.key == "notifications" || entry.key == "deletions") {
      for (YamlOutputEntry& setting : entry.value.entries) {
        visit(join_words(entry.key, setting.key), setting.value);
      }
    }
    if (entry.key != "assignments") continue;
    for (YamlOutputEntry& part : entry.value.entries) {
      for (YamlOutput& member : part.value.items) {
        for (YamlOutputEntry& principal : member.entries) {
          if (names_principal(principal.key)) visit(principal.key, principal.value);
        }
      }
    }
  }
}

}  // namespace syncwright::exporting
