#include "scoping_filter_decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "keys.h"
#include "scalar_fields.h"
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

std::optional<std::string> as_operator(const Field& field) {
  std::optional<std::string> name = as_text(field);
  if (!name || contains(operators(), *name)) return name;
  const std::string hint = did_you_mean(*name, operators());
  field.report("SW4001", fmt::format("{} is no operator of scoping filters", shown(*name)),
               hint.empty() ? fmt::format("known: {}", fmt::join(operators(), ", ")) : hint);
  return std::nullopt;
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
