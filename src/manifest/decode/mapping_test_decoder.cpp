#include "manifest/decode/mapping_test_decoder.h"

#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>

#include "manifest/decode/field.h"
#include "manifest/decode/keys.h"
#include "manifest/project_files.h"
#include "manifest/yaml/yaml_node.h"
#include "manifest/yaml/yaml_text.h"

namespace syncwright::manifest {

namespace {

expression::Value scalar_value(const YamlNode& scalar) {
  switch (core_type(scalar)) {
    case ScalarType::boolean:
      return parse_boolean(scalar.text).value_or(false);
    case ScalarType::integer:
      if (const auto number = parse_integer(scalar.text)) return *number;
      return scalar.text;  // more than 64 bits: kept as the text that it is
    case ScalarType::number:
    case ScalarType::text:
      break;
  }
  return scalar.text;
}

/// An element of a list: texts all of them, booleans as the service spells them.
std::optional<std::string> as_element(const Field& field) {
  if (!field.expect_scalar("a text, a number, true or false")) return std::nullopt;
  const expression::Value value = scalar_value(field.node());
  if (const bool* flag = std::get_if<bool>(&value)) return *flag ? "True" : "False";
  return field.text();
}

/// A value of an attribute as a mapping test writes it: a text, a whole number, true or false, a
/// list of those, or null for an absent one. A number with a fraction is the text that it is
/// written as.
std::optional<expression::Value> as_attribute_value(const Field& field) {
  const YamlNode& node = field.node();
  if (node.style == YamlNode::Style::unresolved) return std::nullopt;
  switch (node.kind) {
    case YamlNode::Kind::null:
      return expression::Value{expression::Null{}};
    case YamlNode::Kind::scalar:
      return scalar_value(node);
    case YamlNode::Kind::mapping:
      field.report_type("a text, a number, true, false, null or a list of texts",
                        "a complex value is a text of JSON");
      return std::nullopt;
    case YamlNode::Kind::sequence:
      break;
  }
  expression::MultiValue elements;
  for (const Field& item : field.items()) {
    if (auto element = as_element(item)) elements.push_back(std::move(*element));
  }
  return elements;
}

/// Attribute values by name; at least one.
std::optional<expression::AttributeMap> as_attribute_values(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  expression::AttributeMap attributes;
  for (const Field& entry : Keys(field).all()) {
    auto value = as_attribute_value(entry);
    if (value && !expression::is_null(*value)) attributes.set(entry.name(), std::move(*value));
  }
  return attributes;
}

std::optional<std::map<std::string, std::string, std::less<>>> as_parameters(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  std::map<std::string, std::string, std::less<>> parameters;
  for (const Field& entry : Keys(field).all()) {
    if (auto value = as_scalar(entry)) parameters[entry.name()] = std::move(*value);
  }
  return parameters;
}

/// A text is the role's value, a mapping says more.
std::optional<expression::AppRole> as_role(const Field& field) {
  expression::AppRole role;
  if (field.node().kind != YamlNode::Kind::mapping) {
    auto value = as_text(field);
    if (!value) return std::nullopt;
    role.value = role.display_name = std::move(*value);
    return role;
  }
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  role.id = keys.read("id", as_text).value_or(std::string());
  role.value = keys.read("value", as_text).value_or(std::string());
  role.display_name = keys.read("displayName", as_text).value_or(role.value);
  keys.done();
  return role;
}

std::optional<Instant> as_time(const Field& field) {
  const std::optional<std::string> text = as_text(field);
  if (!text) return std::nullopt;
  const std::optional<Instant> time = parse_rfc3339(*text);
  if (!time) {
    field.report(Code::SW1006, fmt::format("{} is no time", quote_value(*text)),
                 "write it as \"2026-11-22T10:00:00Z\"");
  }
  return time;
}

std::optional<std::vector<model::ExpectedValue>> as_target(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  std::vector<model::ExpectedValue> target;
  for (const Field& entry : Keys(field).all()) {
    if (auto value = as_attribute_value(entry)) {
      target.push_back({entry.name(), std::move(*value), entry.key_range()});
    }
  }
  return target;
}

std::optional<model::MappingExpectation> as_expectation(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  model::MappingExpectation expect;
  expect.in_scope = keys.read("inScope", as_boolean);
  expect.action = keys.read("action", as_word({"create", "update", "disable", "delete", "skip"}));
  if (auto target = keys.read("target", as_target)) expect.target = std::move(*target);
  keys.done();
  return expect;
}

/// What is known of the object beside its attributes.
void read_circumstances(Keys& keys, model::MappingTestCase& test_case) {
  test_case.account = keys.read("account", as_attribute_values);
  test_case.assigned = keys.read("assigned", as_boolean).value_or(true);
  test_case.active = keys.read("active", as_boolean);
  test_case.deleted = keys.read("deleted", as_boolean).value_or(false);
  if (auto parameters = keys.read("parameters", as_parameters)) {
    test_case.parameters = std::move(*parameters);
  }
  if (auto existing = keys.read("existing", as_list(as_scalar))) {
    test_case.existing = std::move(*existing);
  }
  if (auto roles = keys.read("roles", as_list(as_role))) test_case.roles = std::move(*roles);
  test_case.default_domain = keys.read("defaultDomain", as_text);
  test_case.now = keys.read("now", as_time);
}

std::optional<model::MappingTestCase> as_case(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  model::MappingTestCase test_case;
  test_case.where = field.range();
  test_case.name = keys.require("name", as_text).value_or(std::string());
  if (const auto name = keys.find("name")) test_case.where = name->range();
  test_case.object = keys.require("object", as_text).value_or(std::string());
  const auto object = keys.find("object");
  test_case.object_where = object ? object->range() : test_case.where;
  test_case.rule = keys.read("rule", as_text).value_or(std::string());
  test_case.target_object = keys.read("targetObject", as_text).value_or(std::string());
  if (auto source = keys.require("source", as_attribute_values)) {
    test_case.source = std::move(*source);
  }
  read_circumstances(keys, test_case);
  if (auto expect = keys.require("expect", as_expectation)) test_case.expect = std::move(*expect);
  keys.done();
  return test_case;
}

void report_equal_names(const std::vector<model::MappingTestCase>& cases,
                        Diagnostics& diagnostics) {
  std::map<std::string, const model::MappingTestCase*> seen;
  for (const model::MappingTestCase& test_case : cases) {
    if (test_case.name.empty()) continue;
    const auto [first, added] = seen.emplace(test_case.name, &test_case);
    if (added) continue;
    diagnostics.add(Code::SW2011, test_case.where,
                    fmt::format("the case {} is also in line {}", quote_value(test_case.name),
                                first->second->where.line),
                    "rename one of the two");
  }
}

/// Two cases of one name are SW2011.
std::optional<std::vector<model::MappingTestCase>> as_mapping_cases(const Field& field) {
  auto cases = as_list(as_case)(field);
  if (cases) report_equal_names(*cases, field.source().diagnostics);
  return cases;
}

void read_metadata(const Field& field, model::MappingTest& test) {
  if (!field.expect_mapping()) return;
  Keys keys(field);
  test.name = keys.require("name", as_name).value_or(std::string());
  if (const auto name = keys.find("name")) test.where = name->range();
  keys.done();
}

void read_spec(const Field& field, model::MappingTest& test) {
  if (!field.expect_mapping()) return;
  Keys keys(field);
  test.application = keys.require("application", as_text).value_or(std::string());
  if (const auto name = keys.find("application")) test.application_where = name->range();
  test.job = keys.read("job", as_text).value_or("default");
  const auto job = keys.find("job");
  test.job_where = job ? job->range() : test.application_where;
  test.schema = keys.read("schema", as_project_file);
  if (const auto schema = keys.find("schema")) test.schema_where = schema->range();
  if (auto cases = keys.require("cases", as_mapping_cases)) test.cases = std::move(*cases);
  keys.done();
}

}  // namespace

std::optional<model::MappingTest> as_mapping_test(const Field& document) {
  Keys keys(document);
  model::MappingTest test;
  test.where = document.range();
  for (const char* key : {"apiVersion", "kind", "metadata", "spec"}) {
    if (!keys.has(key)) keys.report_missing(key, Code::SW1003);
  }
  if (const auto metadata = keys.find("metadata")) read_metadata(*metadata, test);
  if (const auto spec = keys.find("spec")) read_spec(*spec, test);
  keys.done();
  return test;
}

}  // namespace syncwright::manifest
