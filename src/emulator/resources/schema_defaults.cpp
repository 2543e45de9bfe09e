#include <algorithm>
#include <utility>

#include "emulator/resources/schema_document.h"
#include "syncwright/expression/parser.h"
#include "syncwright/expression/source_tree.h"

namespace syncwright::emulator {

namespace {

const Json& attribute_defaults() {
  static const Json defaults = {{"anchor", false},
                                {"apiExpressions", Json::array()},
                                {"caseExact", false},
                                {"defaultValue", nullptr},
                                {"flowNullValues", false},
                                {"metadata", Json::array()},
                                {"multivalued", false},
                                {"mutability", "ReadWrite"},
                                {"referencedObjects", Json::array()},
                                {"required", false},
                                {"type", "String"}};
  return defaults;
}

const Json& object_defaults() {
  static const Json defaults = {
      {"attributes", Json::array()}, {"metadata", Json::array()}, {"supportedApis", Json::array()}};
  return defaults;
}

const Json& directory_defaults() {
  static const Json defaults = {{"discoverabilities", "None"},
                                {"discoveryDateTime", nullptr},
                                {"objects", Json::array()},
                                {"readOnly", false},
                                {"version", nullptr}};
  return defaults;
}

const Json& mapping_defaults() {
  static const Json defaults = {{"defaultValue", nullptr},
                                {"exportMissingReferences", false},
                                {"flowBehavior", "FlowWhenChanged"},
                                {"flowType", "Always"},
                                {"matchingPriority", 0},
                                {"source", nullptr}};
  return defaults;
}

/// [G] The set that live object mappings carry.
const Json& assumed_object_mapping_metadata() {
  static const Json metadata =
      Json::array({{{"key", "IsCustomerDefined"}, {"value", "false"}},
                   {{"key", "DisableMonitoringForChanges"}, {"value", "false"}},
                   {{"key", "Disposition"}, {"value", "\"Normal\""}},
                   {{"key", "ExcludeFromReporting"}, {"value", "false"}},
                   {{"key", "EscrowBehavior"}, {"value", "\"Default\""}},
                   {{"key", "Unsynchronized"}, {"value", "false"}}});
  return metadata;
}

const Json& object_mapping_defaults() {
  static const Json defaults = {{"attributeMappings", Json::array()},
                                {"enabled", true},
                                {"flowTypes", "Add,Update,Delete"},
                                {"metadata", assumed_object_mapping_metadata()},
                                {"name", nullptr},
                                {"scope", nullptr}};
  return defaults;
}

const Json& rule_defaults() {
  static const Json defaults = {{"containerFilter", nullptr},      {"editable", true},
                                {"groupFilter", nullptr},          {"metadata", Json::array()},
                                {"objectMappings", Json::array()}, {"priority", 0}};
  return defaults;
}

const Json& filter_defaults() {
  static const Json defaults = {{"categoryFilterGroups", Json::array()},
                                {"groups", Json::array()},
                                {"inputFilterGroups", Json::array()}};
  return defaults;
}

/// A member that is null where the default is a list counts as left out.
void fill(Json& object, const Json& defaults) {
  if (!object.is_object()) return;
  for (auto item = defaults.begin(); item != defaults.end(); ++item) {
    const auto found = object.find(item.key());
    if (found == object.end()) {
      object[item.key()] = *item;
    } else if (found->is_null() && item->is_array()) {
      *found = *item;
    }
  }
}

template <class Action>
void for_each(Json& owner, const char* list, const Action& action) {
  if (!owner.is_object()) return;
  const auto found = owner.find(list);
  if (found == owner.end() || !found->is_array()) return;
  for (Json& item : *found) action(item);
}

/// [G] A source that has its text only is parsed; what the service makes of one is open
/// (docs/expressions.md#7).
void assume_tree_of_text(Json& source) {
  const std::string text = string_or(source, "expression");
  if (text.empty() || !string_or(source, "name").empty()) return;
  if (const auto parsed = expression::parse_expression(text))
    source.update(expression::to_source_tree(*parsed));
}

void complete_source(Json& source) {
  if (!source.is_object()) return;
  assume_tree_of_text(source);
  fill(source, {{"name", nullptr}, {"parameters", Json::array()}, {"type", "Attribute"}});
  for_each(source, "parameters", [](Json& parameter) {
    if (parameter.is_object() && parameter.contains("value")) complete_source(parameter["value"]);
  });
  source["expression"] = expression_text(source);
}

void complete_object_mapping(Json& mapping) {
  fill(mapping, object_mapping_defaults());
  if (mapping.is_object()) fill(mapping["scope"], filter_defaults());
  for_each(mapping, "attributeMappings", [](Json& attribute) {
    fill(attribute, mapping_defaults());
    if (attribute.is_object()) complete_source(attribute["source"]);
  });
  if (!mapping.is_object() || !mapping["attributeMappings"].is_array()) return;
  Json& attributes = mapping["attributeMappings"];
  std::stable_sort(attributes.begin(), attributes.end(), [](const Json& left, const Json& right) {
    return string_or(left, "targetAttributeName") < string_or(right, "targetAttributeName");
  });
}

std::string quote_text(const std::string& text) {
  std::string result = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') result += '\\';
    result += letter;
  }
  return result + "\"";
}

std::string function_text(const Json& source) {
  std::string text = string_or(source, "name") + "(";
  const char* separator = "";
  for (const Json& parameter : member_or_null(source, "parameters")) {
    text += separator + expression_text(member_or_null(parameter, "value"));
    separator = ", ";
  }
  return text + ")";
}

}  // namespace

std::string expression_text(const Json& source) {
  const std::string type = string_or(source, "type", "Attribute");
  const std::string name = string_or(source, "name");
  std::string given = string_or(source, "expression");
  if (name.empty() && !given.empty()) return given;
  if (type == "Attribute") return "[" + name + "]";
  if (type == "Constant") return name.starts_with('%') ? name : quote_text(name);
  return given.empty() ? function_text(source) : given;
}

void complete_schema(Json& schema) {
  for_each(schema, "directories", [](Json& directory) {
    fill(directory, directory_defaults());
    for_each(directory, "objects", [](Json& object) {
      fill(object, object_defaults());
      for_each(object, "attributes",
               [](Json& attribute) { fill(attribute, attribute_defaults()); });
    });
  });
  for_each(schema, "synchronizationRules", [](Json& rule) {
    fill(rule, rule_defaults());
    for_each(rule, "objectMappings", complete_object_mapping);
  });
}

}  // namespace syncwright::emulator
