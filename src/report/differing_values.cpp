#include "report/differing_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

#include "report/words/change_words.h"
#include "report/words/value_words.h"
#include "syncwright/core/ascii.h"
#include "syncwright/report/escape.h"

namespace syncwright::report {

namespace {

using Kind = DifferingValue::Kind;
using Members = std::vector<std::span<const plan::Change>>;

/// "BaseAddress" of "credentials.BaseAddress", "department" of a SCIM name; the whole path where
/// its last part is no plain word.
std::string last_part(const std::string& path) {
  const std::string part = path.substr(path.find_last_of("/.:") + 1);
  const bool is_word = !part.empty() && std::all_of(part.begin(), part.end(), [](char character) {
    return ascii::is_letter(character) || ascii::is_digit(character) || character == '_' ||
           character == '-';
  });
  return is_word ? part : path;
}

class Columns {
 public:
  explicit Columns(const Members& members) : members_(members) {}

  /// What stands for a value of change `index`; nullopt where all have the same.
  std::optional<Json> stand_in(std::size_t index, Kind kind, const std::vector<std::string>& names,
                               const std::function<std::string(const plan::Change&)>& words) {
    std::vector<std::string> values;
    values.reserve(members_.size());
    for (const auto& member : members_) values.push_back(words(member[index]));
    if (are_equal(values)) return std::nullopt;
    if (auto spelled = with_name_taken_out(names.front(), values)) return Json(*spelled);
    const auto same = std::find_if(columns_.begin(), columns_.end(), [&](const auto& column) {
      return column.values == values && column.kind == kind;
    });
    if (same != columns_.end()) {
      same->changes.push_back(index);
      return column_value(same->heading);
    }
    columns_.push_back({kind, pick_heading(names), std::move(values), {index}});
    return column_value(columns_.back().heading);
  }

  std::vector<DifferingValue> take() { return std::move(columns_); }

 private:
  [[nodiscard]] static bool are_equal(const std::vector<std::string>& values) {
    return std::all_of(values.begin(), values.end(),
                       [&](const std::string& value) { return value == values.front(); });
  }

  /// What syncwright itself makes from the application's name says nothing that the name does not:
  /// "syncwright-app:<application>" is the same for all.
  [[nodiscard]] std::optional<std::string> with_name_taken_out(
      std::string_view what, std::vector<std::string> values) const {
    constexpr std::array made_from_name{"tags", "uniqueName", "why", "way out"};
    if (std::find(made_from_name.begin(), made_from_name.end(), what) == made_from_name.end()) {
      return std::nullopt;
    }
    constexpr std::string_view name_of_all = "<application>";
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::string& name = members_[i].front().application;
      for (std::size_t at = values[i].find(name); at != std::string::npos;
           at = values[i].find(name, at + name_of_all.size())) {
        values[i].replace(at, name.size(), name_of_all);
      }
    }
    return are_equal(values) ? std::optional(values.front()) : std::nullopt;
  }

  [[nodiscard]] bool is_used(const std::string& heading) const {
    return std::any_of(columns_.begin(), columns_.end(),
                       [&](const DifferingValue& column) { return column.heading == heading; });
  }

  /// The first name that no column has, else the last one with a number.
  [[nodiscard]] std::string pick_heading(const std::vector<std::string>& names) const {
    for (const std::string& name : names) {
      if (!is_used(name)) return name;
    }
    for (int number = 2;; ++number) {
      std::string numbered = fmt::format("{} {}", names.back(), number);
      if (!is_used(numbered)) return numbered;
    }
  }

  const Members& members_;
  std::vector<DifferingValue> columns_;
};

std::vector<std::string> names_of_field(const plan::Change& change,
                                        const schema::FieldChange& field) {
  const plan::AssignmentPayload* assigned = change.assignment();
  if (assigned == nullptr) return {last_part(field.path), field.path.text()};
  return {field.path == "principal" ? noun_of(assigned->principal_type) : field.path.text()};
}

void take_out(Columns& columns, std::size_t index, plan::Change& shown) {
  const Kind kind = is_assignment(shown) ? Kind::access : Kind::field;
  for (std::size_t k = 0; k < shown.fields.size(); ++k) {
    schema::FieldChange& field = shown.fields[k];
    const std::vector<std::string> names = names_of_field(shown, field);
    std::vector<std::string> old_names = names;
    if (!field.after.is_null()) {
      for (std::string& name : old_names) name.insert(0, "old ");
    }
    const auto before = columns.stand_in(index, kind, old_names, [k](const plan::Change& change) {
      return value_words(change.fields[k].before);
    });
    const auto after = columns.stand_in(index, kind, names, [k](const plan::Change& change) {
      return value_words(change.fields[k].after);
    });
    if (before) field.before = *before;
    if (after) field.after = *after;
  }
  const auto reason = columns.stand_in(
      index, Kind::reason, {"why"},
      [](const plan::Change& change) { return escape_terminal(change.reason.text()); });
  if (reason) shown.reason = value_words(*reason);
  if (!shown.refusal) return;
  const auto advice = columns.stand_in(
      index, Kind::advice, {"way out"},
      [](const plan::Change& change) { return escape_terminal(change.refusal->advice); });
  if (advice) shown.refusal->advice = value_words(*advice);
}

}  // namespace

std::vector<DifferingValue> take_out_differing(std::vector<plan::Change>& shown,
                                               const Members& members) {
  Columns columns(members);
  for (std::size_t i = 0; i < shown.size(); ++i) take_out(columns, i, shown[i]);
  return columns.take();
}

}  // namespace syncwright::report
