#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

#include "emulator/graph_error.h"
#include "emulator/resources/schema_document.h"
#include "syncwright/schema/vocabulary.h"

namespace syncwright::emulator {

namespace {

using Refusal = std::optional<Reply>;

constexpr std::array<std::string_view, 3> source_types{"Attribute", "Constant", "Function"};
constexpr std::array<std::string_view, 4> object_flow_types{"None", "Add", "Update", "Delete"};
constexpr std::array<std::string_view, 6> discoverabilities{"None",
                                                            "AttributeNames",
                                                            "AttributeDataTypes",
                                                            "AttributeReadOnly",
                                                            "ReferenceAttributes",
                                                            "UnknownFutureValue"};

/// [G] No source records the codes of a refused schema (docs/graph.md#14.4).
Reply assumed_schema_refusal(const std::string& message) {
  return synchronization_error(400, "InvalidSynchronizationSchema", message);
}

/// The status is known (docs/graph.md#13.1), the body is not.
Reply wrong_enum(std::string_view member, const std::string& value) {
  return graph_error(406, "UnknownError",
                     fmt::format("Requested value '{}' of '{}' was not found.", value, member));
}

template <class Names>
Refusal check_enum(const Json& owner, const char* member, const Names& names) {
  const Json& value = member_or_null(owner, member);
  if (value.is_null()) return std::nullopt;
  const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
  const bool known = std::find(names.begin(), names.end(), text) != names.end();
  return known ? Refusal() : wrong_enum(member, text);
}

template <class Names>
Refusal check_flags(const Json& owner, const char* member, const Names& names) {
  for (const std::string& flag : split_names(string_or(owner, member))) {
    if (std::find(names.begin(), names.end(), flag) == names.end()) return wrong_enum(member, flag);
  }
  return std::nullopt;
}

Refusal check_source_enums(const Json& source) {
  if (Refusal refusal = check_enum(source, "type", source_types)) return refusal;
  for (const Json& parameter : list_or_empty(source, "parameters")) {
    if (Refusal refusal = check_source_enums(member_or_null(parameter, "value"))) return refusal;
  }
  return std::nullopt;
}

Refusal check_directory_enums(const Json& directory) {
  if (Refusal refusal = check_flags(directory, "discoverabilities", discoverabilities))
    return refusal;
  for (const Json& object : list_or_empty(directory, "objects")) {
    for (const Json& attribute : list_or_empty(object, "attributes")) {
      if (Refusal refusal = check_enum(attribute, "type", schema::attribute_types()))
        return refusal;
      if (Refusal refusal = check_enum(attribute, "mutability", schema::mutabilities()))
        return refusal;
    }
  }
  return std::nullopt;
}

Refusal check_mapping_enums(const Json& object_mapping) {
  if (Refusal refusal = check_flags(object_mapping, "flowTypes", object_flow_types)) return refusal;
  for (const Json& mapping : list_or_empty(object_mapping, "attributeMappings")) {
    if (Refusal refusal = check_enum(mapping, "flowBehavior", schema::flow_behaviors()))
      return refusal;
    if (Refusal refusal = check_enum(mapping, "flowType", schema::flow_types())) return refusal;
    if (Refusal refusal = check_source_enums(member_or_null(mapping, "source"))) return refusal;
  }
  return std::nullopt;
}

Refusal check_enums(const Json& schema) {
  for (const Json& directory : list_or_empty(schema, "directories")) {
    if (Refusal refusal = check_directory_enums(directory)) return refusal;
  }
  for (const Json& rule : list_or_empty(schema, "synchronizationRules")) {
    for (const Json& mapping : list_or_empty(rule, "objectMappings")) {
      if (Refusal refusal = check_mapping_enums(mapping)) return refusal;
    }
  }
  return std::nullopt;
}

/// The definitions of one object name; names may repeat inside a directory (docs/graph.md#13.29).
struct Definition {
  bool exists = false;
  bool has_anchor = false;
  std::set<std::string> attributes;
};

Definition find_definition(const Json& directory, const std::string& name) {
  Definition definition;
  for (const Json& object : list_or_empty(directory, "objects")) {
    if (string_or(object, "name") != name) continue;
    definition.exists = true;
    for (const Json& attribute : list_or_empty(object, "attributes")) {
      definition.attributes.insert(string_or(attribute, "name"));
      definition.has_anchor = definition.has_anchor || bool_or(attribute, "anchor", false);
    }
  }
  return definition;
}

const Json* find_directory(const Json& schema, const std::string& name) {
  for (const Json& directory : list_or_empty(schema, "directories")) {
    if (string_or(directory, "name") == name) return &directory;
  }
  return nullptr;
}

/// The first attribute of the tree that the definition lacks; empty where there is none.
std::string missing_attribute(const Json& source, const Definition& definition) {
  std::string name = string_or(source, "name");
  if (string_or(source, "type") == "Attribute" && !definition.attributes.contains(name))
    return name;
  for (const Json& parameter : list_or_empty(source, "parameters")) {
    std::string missing = missing_attribute(member_or_null(parameter, "value"), definition);
    if (!missing.empty()) return missing;
  }
  return {};
}

Refusal check_definition(const Definition& definition, const std::string& name) {
  if (!definition.exists) {
    return assumed_schema_refusal(fmt::format("The object '{}' is not defined.", name));
  }
  if (!definition.has_anchor) {
    return assumed_schema_refusal(fmt::format("The object '{}' has no anchor attribute.", name));
  }
  return std::nullopt;
}

/// [G] Real documents hold disabled object mappings that name no object, and their jobs run.
bool assumed_to_be_unchecked(const Json& mapping) {
  return !bool_or(mapping, "enabled", true) && (string_or(mapping, "sourceObjectName").empty() ||
                                                string_or(mapping, "targetObjectName").empty());
}

Refusal check_object_mapping(const Json& mapping, const Json& source, const Json& target) {
  if (assumed_to_be_unchecked(mapping)) return std::nullopt;
  const std::string source_name = string_or(mapping, "sourceObjectName");
  const std::string target_name = string_or(mapping, "targetObjectName");
  const Definition from = find_definition(source, source_name);
  const Definition to = find_definition(target, target_name);
  if (Refusal refusal = check_definition(from, source_name)) return refusal;
  if (Refusal refusal = check_definition(to, target_name)) return refusal;
  for (const Json& attribute : list_or_empty(mapping, "attributeMappings")) {
    const std::string name = string_or(attribute, "targetAttributeName");
    if (!to.attributes.contains(name)) {
      return assumed_schema_refusal(
          fmt::format("The target attribute '{}' is not defined on '{}'.", name, target_name));
    }
    const std::string missing = missing_attribute(member_or_null(attribute, "source"), from);
    if (!missing.empty()) {
      return assumed_schema_refusal(
          fmt::format("The source attribute '{}' is not defined on '{}'.", missing, source_name));
    }
  }
  return std::nullopt;
}

Refusal check_rule(const Json& rule, const Json& schema) {
  const Json& id_as_sent = member_or_null(rule, "id");
  if (!id_as_sent.is_null() && !id_as_sent.is_string()) {
    return assumed_schema_refusal("The id of a synchronization rule must be a string.");
  }
  const Json* source = find_directory(schema, string_or(rule, "sourceDirectoryName"));
  const Json* target = find_directory(schema, string_or(rule, "targetDirectoryName"));
  if (!source || !target) {
    return assumed_schema_refusal(
        fmt::format("A directory of the rule '{}' is not defined.", string_or(rule, "name")));
  }
  for (const Json& mapping : list_or_empty(rule, "objectMappings")) {
    if (Refusal refusal = check_object_mapping(mapping, *source, *target)) return refusal;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Reply> check_schema(const Json& schema) {
  const bool is_document = member_or_null(schema, "synchronizationRules").is_array() &&
                           member_or_null(schema, "directories").is_array();
  if (!is_document) {
    return assumed_schema_refusal("The schema has no synchronizationRules or no directories.");
  }
  if (Refusal refusal = check_enums(schema)) return refusal;
  for (const Json& rule : list_or_empty(schema, "synchronizationRules")) {
    if (Refusal refusal = check_rule(rule, schema)) return refusal;
  }
  return std::nullopt;
}

}  // namespace syncwright::emulator
