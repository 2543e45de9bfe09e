#include "scoping_filter_decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "keys.h"
#include "scalar_fields.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/suggestion.h"
#include "text_check.h"

namespace syncwright {
namespace {

/// Spelled as API.md 9.3 has them.
const std::vector<std::string>& unary_operators() {
  static const std::vector<std::string> names{"IS TRUE", "IS FALSE", "IS NULL", "IS NOT NULL"};
  return names;
}

const std::vector<std::string>& operators() {
  static const std::vector<std::string> names{"EQUALS",
                                              "NOT EQUALS",
                                              "IS TRUE",
                                              "IS FALSE",
                                              "IS NULL",
                                              "IS NOT NULL",
                                              "REGEX MATCH",
                                              "NOT REGEX MATCH",
                                              "Greater_Than",
                                              "Greater_Than_OR_EQUALS",
                                              "ENDS_WITH",
                                              "Includes",
                                              "&",
                                              "!&"};
  return names;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Decimal and within 32 bits, as the attributes of directories are.
bool is_whole_number(std::string_view text) {
  std::int32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

std::optional<std::string> as_operator(const Field& field) {
  std::optional<std::string> name = as_text(field);
  if (!name || contains(operators(), *name)) return name;
  if (ascii::lower(*name) == "ismemberof") {
    field.report("SW4001", "IsMemberOf is not supported in scoping filters",
                 "assign the group to the application, with scope: assigned");
    return std::nullopt;
  }
  const std::string hint = did_you_mean(*name, operators());
  field.report("SW4001", fmt::format("{} is no operator of scoping filters", shown(*name)),
               hint.empty() ? fmt::format("known: {}", fmt::join(operators(), ", ")) : hint);
  return std::nullopt;
}

bool is_integer_operator(const std::string& name) {
  return name == "&" || name == "!&" || name.starts_with("Greater_Than");
}

/// API.md 9.3: bit tests and comparisons are for whole numbers, and their attributes as well.
void check_operand(const Field& value, const std::string& operator_name) {
  if (value.node().kind != YamlNode::Kind::scalar ||
      value.node().style == YamlNode::Style::unresolved) {
    return;
  }
  if (is_integer_operator(operator_name) && !is_whole_number(value.text())) {
    value.report("SW4004",
                 fmt::format("{} compares with a whole number, found {}", operator_name,
                             shown(value.text())),
                 "use a number, or another operator");
  }
}

std::optional<FilterClause> as_clause(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  const auto attribute = keys.require("attribute", as_text);
  const auto operator_name = keys.require("operator", as_operator);
  const std::optional<Field> values_field = keys.find("values");
  const auto values = keys.read("values", as_list(as_written));
  keys.done();
  if (!attribute || !operator_name) return std::nullopt;

  const bool unary = contains(unary_operators(), *operator_name);
  if (unary && values_field) {
    values_field->report_key("SW4002", fmt::format("{} takes no values", *operator_name),
                             "remove `values`");
  } else if (!unary && !values_field) {
    field.report_key("SW4002", fmt::format("{} needs one value", *operator_name),
                     "add it, for example values: [Sales]");
  } else if (values && values_field->node().items.size() > 1) {
    values_field->report("SW4002", fmt::format("{} takes one value", *operator_name),
                         "write a group under `any` for each value");
  } else if (values) {
    for (const Field& value : values_field->items()) check_operand(value, *operator_name);
  }
  return FilterClause{*attribute, *operator_name, values.value_or(std::vector<std::string>()),
                      keys.find("attribute")->range()};
}

std::optional<FilterGroup> as_group(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  FilterGroup group;
  group.name = keys.read("name", as_text).value_or(std::string());
  const auto clauses = keys.require("all", as_list(as_clause));
  keys.done();
  if (!clauses) return std::nullopt;
  group.all = *clauses;
  return group;
}

}  // namespace

std::optional<ScopingFilterRequest> as_scoping_filter(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  ScopingFilterRequest request;
  const std::optional<Field> absent = keys.find("absent");
  const std::optional<Field> any = keys.find("any");
  request.absent = keys.read("absent", as_absent).value_or(false);
  auto groups = keys.read("any", as_list(as_group));
  keys.done();
  if (absent && any) {
    absent->report_key("SW1012", "`absent` and `any` exclude each other", "remove one of them");
  } else if (!absent && !any) {
    keys.report_missing("any", "SW1003", "for no filter at all use {absent: true}");
  }
  if (groups) request.any = std::move(*groups);
  return request;
}

}  // namespace syncwright
