#include "manifest/decode/attribute_value_field.h"

#include <string>
#include <utility>

#include "manifest/decode/keys.h"
#include "manifest/yaml/yaml_node.h"

namespace syncwright {
namespace {

Value scalar_value(const YamlNode& scalar) {
  switch (core_type(scalar)) {
    case ScalarType::boolean:
      return parse_boolean(scalar.text).value_or(false);
    case ScalarType::integer:
      if (const auto number = parse_integer(scalar.text)) return *number;
      return scalar.text;  // over 64 bits: a number for nobody here
    case ScalarType::number:
    case ScalarType::text:
      break;
  }
  return scalar.text;
}

/// An element of a list: texts all of them, booleans as the service spells them.
std::optional<std::string> as_element(const Field& field) {
  if (!field.expect_scalar("a text, a number, true or false")) return std::nullopt;
  const Value value = scalar_value(field.node());
  if (const bool* flag = std::get_if<bool>(&value)) return *flag ? "True" : "False";
  return field.text();
}

}  // namespace

std::optional<Value> as_attribute_value(const Field& field) {
  const YamlNode& node = field.node();
  if (node.style == YamlNode::Style::unresolved) return std::nullopt;
  switch (node.kind) {
    case YamlNode::Kind::null:
      return Value{Null{}};
    case YamlNode::Kind::scalar:
      return scalar_value(node);
    case YamlNode::Kind::mapping:
      field.report_type("a text, a number, true, false, null or a list of texts",
                        "a complex value is a text of JSON");
      return std::nullopt;
    case YamlNode::Kind::sequence:
      break;
  }
  MultiValue elements;
  for (const Field& item : field.items()) {
    if (auto element = as_element(item)) elements.push_back(std::move(*element));
  }
  return elements;
}

std::optional<AttributeMap> as_attribute_values(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  AttributeMap attributes;
  for (const Field& entry : Keys(field).all()) {
    auto value = as_attribute_value(entry);
    if (value && !is_null(*value)) attributes.set(entry.name(), std::move(*value));
  }
  return attributes;
}

}  // namespace syncwright
