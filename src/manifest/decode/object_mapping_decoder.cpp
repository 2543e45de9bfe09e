#include "manifest/decode/object_mapping_decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "manifest/decode/attribute_decoder.h"
#include "manifest/decode/field.h"
#include "manifest/decode/keys.h"
#include "manifest/decode/member_field.h"
#include "manifest/yaml/yaml_node.h"
#include "manifest/yaml/yaml_text.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/text.h"
#include "syncwright/schema/vocabulary.h"

namespace syncwright::manifest {

namespace {

std::vector<std::string> operator_names() {
  std::vector<std::string> names;
  for (const schema::FilterOperator& each : schema::filter_operators())
    names.emplace_back(each.name);
  return names;
}

std::optional<std::string> as_operator(const Field& field) {
  std::optional<std::string> name = as_text(field);
  if (!name || schema::find_filter_operator(*name) != nullptr) return name;
  if (ascii::lower(*name) == "ismemberof") {
    field.report(Code::SW4001, "IsMemberOf is not supported in scoping filters",
                 "assign the group to the application, with scope: assigned");
    return std::nullopt;
  }
  const std::vector<std::string> known = operator_names();
  const std::string hint = did_you_mean(*name, known);
  field.report(Code::SW4001,
               fmt::format("{} is no operator of scoping filters", quote_value(*name)),
               hint.empty() ? fmt::format("known: {}", fmt::join(known, ", ")) : hint);
  return std::nullopt;
}

/// docs/graph.md#9.3: bit tests and comparisons are for whole numbers, and their attributes as
/// well.
void check_operand(const Field& value, const schema::FilterOperator& operation) {
  if (value.node().kind != YamlNode::Kind::scalar ||
      value.node().style == YamlNode::Style::unresolved) {
    return;
  }
  if (!operation.is_of_numbers() || schema::is_whole_number(value.text())) return;
  if (parse_integer(value.text())) {
    value.report(Code::SW4004,
                 fmt::format("{} compares with a whole number of 32 bits, found {}", operation.name,
                             quote_value(value.text())),
                 fmt::format("it lies between {} and {}", std::numeric_limits<std::int32_t>::min(),
                             std::numeric_limits<std::int32_t>::max()));
  } else {
    value.report(Code::SW4004,
                 fmt::format("{} compares with a whole number, found {}", operation.name,
                             quote_value(value.text())),
                 "use a number, or another operator");
  }
}

/// Whether the operator takes what is there.
void check_values(const Field& clause, const Keys& keys, const std::optional<Field>& values,
                  const std::string& operator_name) {
  const schema::FilterOperator& operation = *schema::find_filter_operator(operator_name);
  const bool unary = operation.values == 0;
  if (unary && values) {
    values->report_key(Code::SW4002, fmt::format("{} takes no values", operator_name),
                       "remove `values`");
  } else if (!unary && !values && !keys.is_misspelt("values")) {
    clause.report_key(Code::SW4002, fmt::format("{} needs one value", operator_name),
                      "add it, for example values: [Sales]");
  }
  if (unary || !values || values->node().kind != YamlNode::Kind::sequence) return;
  if (values->node().items.size() > 1) {
    values->report(Code::SW4002, fmt::format("{} takes one value", operator_name),
                   "write a group under `any` for each value");
  }
  for (const Field& value : values->items()) check_operand(value, operation);
}

std::optional<schema::FilterClause> as_clause(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  const auto attribute = keys.require("attribute", as_text);
  const auto operator_name = keys.require("operator", as_operator);
  const std::optional<Field> values_field = keys.find("values");
  const auto values = keys.read("values", as_list(as_scalar));
  keys.done();
  if (operator_name) check_values(field, keys, values_field, *operator_name);
  if (!attribute || !operator_name) return std::nullopt;
  return schema::FilterClause{*attribute, *operator_name,
                              values.value_or(std::vector<std::string>()),
                              keys.find("attribute")->range()};
}

std::optional<schema::FilterGroup> as_group(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  schema::FilterGroup group;
  group.name = keys.read("name", as_text).value_or(std::string());
  const auto clauses = keys.require("all", as_list(as_clause));
  keys.done();
  if (!clauses) return std::nullopt;
  group.all = *clauses;
  return group;
}

std::optional<std::vector<schema::FilterGroup>> as_groups(const Field& field) {
  const YamlNode& node = field.node();
  if (node.kind == YamlNode::Kind::sequence && node.items.empty()) {
    field.report(Code::SW1013, "`any` is an empty list", "for no filter at all use {absent: true}");
    return std::nullopt;
  }
  return as_list(as_group)(field);
}

/// `scopingFilter: {any: [{name, all: [{attribute, operator, values}]}]}` or `{absent: true}`.
std::optional<schema::ScopingFilterRequest> as_scoping_filter(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  schema::ScopingFilterRequest request;
  const std::optional<Field> absent = keys.find("absent");
  const std::optional<Field> any = keys.find("any");
  request.absent = keys.read("absent", as_absent).value_or(false);
  auto groups = keys.read("any", as_groups);
  keys.done();
  if (absent && any) {
    absent->report_key(Code::SW1012, "`absent` and `any` exclude each other", "remove one of them");
  } else if (!absent && !any) {
    keys.report_missing("any", Code::SW1003, "for no filter at all use {absent: true}");
  }
  if (groups) request.any = std::move(*groups);
  return request;
}

/// In Graph's order, each once: a set of flags there.
void read_member(
    Keys& keys,
    const schema::ManagedMember<schema::ObjectMappingRequest, std::vector<std::string>>& row,
    schema::ObjectMappingRequest& request) {
  const auto written = keys.read(row.name, as_list(as_word(row.words())));
  if (!written) return;
  std::vector<std::string>& flags = (request.*row.value).emplace();
  for (const std::string& word : row.words()) {
    const auto count = std::count(written->begin(), written->end(), word);
    if (count > 0) flags.push_back(word);
    if (count < 2) continue;
    keys.find(row.name)->report(Code::SW2011, fmt::format("{} occurs twice", word), "remove one");
  }
}

void read_member(
    Keys& keys,
    const schema::ManagedMember<schema::ObjectMappingRequest, schema::ScopingFilterRequest>& row,
    schema::ObjectMappingRequest& request) {
  request.*row.value = keys.read(row.name, as_scoping_filter);
}

/// `object:` or, to be exact, `source:`; one of the two.
std::string read_object(Keys& keys) {
  const std::optional<Field> source = keys.find("source");
  const std::optional<Field> object = keys.find("object");
  if (source && object) {
    source->report_key(Code::SW1012, "`object` and `source` exclude each other",
                       "both name the source object: keep one");
  } else if (!source && !object) {
    keys.report_missing("object", Code::SW1003, "name the source object, for example object: User");
  }
  const auto by_object = keys.read("object", as_text);
  const auto by_source = keys.read("source", as_text);
  return by_object ? *by_object : by_source.value_or(std::string());
}

/// The definition's place: the mapping's target object, which the schema knows where `target:` is
/// not written.
schema::AttributeDefinitionRequest place_definition(
    schema::AttributeDefinitionRequest definition, const schema::ObjectMappingRequest& mapping,
    const schema::AttributeMappingRequest& attribute) {
  definition.directory = "target";
  definition.rule = mapping.rule;
  definition.object = mapping.target;
  if (mapping.target.empty()) definition.target_of = mapping.object;
  definition.name = attribute.target_attribute_name;
  definition.where = attribute.where;
  return definition;
}

void read_attributes(const Field& field, DecodedObjectMapping& decoded) {
  if (!field.expect_mapping()) return;
  for (const Field& entry : Keys(field).all()) {
    if (entry.name().empty())
      entry.report_key(Code::SW1013, "the target attribute's name is empty");
    auto attribute = as_attribute_mapping(entry);
    if (!attribute) continue;
    if (attribute->definition) {
      decoded.definitions.push_back(
          place_definition(std::move(*attribute->definition), decoded.request, attribute->request));
    }
    decoded.request.attributes.push_back(std::move(attribute->request));
  }
}

}  // namespace

std::optional<DecodedObjectMapping> as_object_mapping(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  DecodedObjectMapping decoded;
  schema::ObjectMappingRequest& request = decoded.request;
  request.where = field.range();
  request.object = read_object(keys);
  request.target = keys.read("target", as_text).value_or(std::string());
  request.rule = keys.read("rule", as_text).value_or(std::string());
  schema::for_each_member<schema::ObjectMappingRequest>(
      [&](const auto& row) { read_member(keys, row, request); });
  if (const auto attributes = keys.find("attributes")) read_attributes(*attributes, decoded);
  keys.done();
  return decoded;
}

}  // namespace syncwright::manifest
