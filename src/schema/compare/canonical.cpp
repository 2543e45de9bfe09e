#include "schema/compare/canonical.h"

#include <algorithm>
#include <initializer_list>

#include "schema/compare/canonical_filter.h"
#include "schema/json_text.h"
#include "syncwright/expression/source_tree.h"

// What is hard: Graph never gives back what it was sent (docs/graph.md#12). It fills in defaults,
// renders an expression's tree anew, adds members of its own, sends a set of flags in any order,
// and null where it took []. A plan that compared texts would find a difference in every
// application and never be empty; one that ignored too much would not see an edit that deprovisions
// people. So both sides are brought to one form first: every member at its default where it is
// absent (docs/graph.md#10.1), members that only the service sets left out, lists of small objects
// as sets, a source as the expression that its tree means. Two forms are equal exactly where a PUT
// of the one over the other would change nothing. The form is for comparison alone: what goes back
// to Graph is always the original text (docs/architecture.md#decision-4).

namespace syncwright::schema {

namespace {

Json fill_defaults(const Json& part, const Json& defaults) {
  Json result = defaults;
  for (auto& [key, value] : result.items()) {
    const Json& member = member_or_null(part, key.c_str());
    if (!member.is_null()) value = member;
  }
  return result;
}

/// Some metadata values are JSON documents in a string (ComplexObjectDefinition).
Json metadata_value(const Json& value) {
  if (!value.is_string()) return value;
  const auto& text = value.get_ref<const std::string&>();
  if (!text.starts_with('{') && !text.starts_with('[')) return value;
  auto parsed = parse_json(text);
  if (!parsed) return value;
  return std::move(*parsed);
}

/// A list of small objects as a set: of each only the members that have a meaning, a null one being
/// an absent one (referencedProperty).
Json canonical_entries(const Json& list, std::initializer_list<const char*> keys) {
  if (!list.is_array()) return list;
  Json entries = Json::array();
  for (const Json& entry : list) {
    Json known = Json::object();
    for (const char* key : keys) {
      const Json& member = member_or_null(entry, key);
      if (!member.is_null()) known[key] = metadata_value(member);
    }
    entries.push_back(std::move(known));
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

/// The tree without its texts, which are only its rendering.
Json shape_of(const Json& source) {
  Json shape = {{"name", member_or_null(source, "name")},
                {"type", string_or(source, "type", "Attribute")},
                {"parameters", Json::array()}};
  const Json& parameters = member_or_null(source, "parameters");
  if (!parameters.is_array()) return shape;
  for (const Json& parameter : parameters) {
    const Json& value = member_or_null(parameter, "value");
    if (value.is_null()) continue;
    shape["parameters"].push_back({member_or_null(parameter, "key"), shape_of(value)});
  }
  return shape;
}

Json omit_defaults(const Json& canonical, const Json& defaults) {
  Json words = Json::object();
  for (const auto& [key, value] : canonical.items()) {
    if (!defaults.contains(key) || defaults[key] != value) words[key] = value;
  }
  return words;
}

/// Adds the managed members, at their standard values, to the defaults of the unmanaged ones.
template <class Request>
Json add_standards(Json unmanaged) {
  for_each_member<Request>([&](const auto& row) { unmanaged[row.name] = standard_of(row); });
  return unmanaged;
}

}  // namespace

const Json& definition_defaults() {
  static const Json defaults =
      add_standards<AttributeDefinitionRequest>({{"apiExpressions", Json::array()},
                                                 {"metadata", Json::array()},
                                                 {"referencedObjects", Json::array()}});
  return defaults;
}

const Json& mapping_defaults() {
  static const Json defaults =
      add_standards<AttributeMappingRequest>({{"exportMissingReferences", false}});
  return defaults;
}

Json canonical_definition(const Json& definition) {
  Json canonical = fill_defaults(definition, definition_defaults());
  const auto reduce = [&canonical](const char* list, std::initializer_list<const char*> keys) {
    canonical[list] = canonical_entries(canonical[list], keys);
  };
  reduce("apiExpressions", {"key", "value"});
  reduce("metadata", {"key", "value"});
  reduce("referencedObjects", {"referencedObjectName", "referencedProperty"});
  return canonical;
}

Json canonical_mapping(const Json& mapping) {
  Json canonical = fill_defaults(mapping, mapping_defaults());
  canonical.erase("exportMissingReferences");
  return canonical;
}

bool same_source(const Json& left, const Json& right) {
  if (left.is_null() || right.is_null()) return left.is_null() && right.is_null();
  const auto left_expression = expression::from_source_tree(left);
  const auto right_expression = expression::from_source_tree(right);
  if (left_expression && right_expression && *left_expression == *right_expression) return true;
  return shape_of(left) == shape_of(right);
}

bool same_member(const std::string& key, const Json& left, const Json& right) {
  return key == "source" ? same_source(left, right) : left == right;
}

bool same_mapping(const Json& left, const Json& right) {
  const auto rest = [](Json mapping) {
    mapping.erase("source");
    return mapping;
  };
  return rest(left) == rest(right) &&
         same_source(member_or_null(left, "source"), member_or_null(right, "source"));
}

std::set<std::string> flow_type_set(const Json& flow_types) {
  if (!flow_types.is_string()) return {object_flow_types().begin(), object_flow_types().end()};
  std::set<std::string> names;
  std::string name;
  for (const char character : flow_types.get_ref<const std::string&>() + ",") {
    if (character == ' ') continue;
    if (character != ',') {
      name += character;
    } else {
      if (!name.empty() && name != "None") names.insert(name);
      name.clear();
    }
  }
  return names;
}

std::vector<std::string> flow_type_list(const std::set<std::string>& flow_types) {
  std::vector<std::string> list;
  for (const std::string& known : object_flow_types()) {
    if (flow_types.contains(known)) list.push_back(known);
  }
  for (const std::string& name : flow_types) {
    if (std::find(list.begin(), list.end(), name) == list.end()) list.push_back(name);
  }
  return list;
}

std::string flow_types_text(const std::set<std::string>& flow_types) {
  std::string text;
  for (const std::string& name : flow_type_list(flow_types)) {
    text += (text.empty() ? "" : ",") + name;
  }
  return text.empty() ? "None" : text;
}

Json canonical_inclusion(const Json& filter) {
  if (!filter.is_object()) return filter;
  Json canonical = Json::object();
  for (const auto& [key, value] : filter.items()) {
    if (value.is_null() || (value.is_array() && value.empty())) continue;
    canonical[key] = value;
    if (value.is_array()) std::sort(canonical[key].begin(), canonical[key].end());
  }
  return canonical.empty() ? Json(nullptr) : canonical;
}

Json definition_words(const Json& canonical_definition) {
  Json words = omit_defaults(canonical_definition, definition_defaults());
  for_each_member<AttributeDefinitionRequest>([&](const auto& row) {
    if (row.is_always_said) words[row.name] = member_or_null(canonical_definition, row.name);
  });
  return words;
}

Json mapping_words(const Json& canonical_mapping) {
  Json words = omit_defaults(canonical_mapping, mapping_defaults());
  words.erase("source");
  words.update(source_words(member_or_null(canonical_mapping, "source")));
  return words;
}

Json member_words(const SynchronizationSchema& schema, const ObjectMapping& mapping,
                  const ManagedMember<ObjectMappingRequest, bool>& row) {
  const Json value = part_json(schema, member_value(schema.text(), mapping.span, row.name));
  return value.is_boolean() ? value : Json(row.standard);
}

Json member_words(const SynchronizationSchema& schema, const ObjectMapping& mapping,
                  const ManagedMember<ObjectMappingRequest, std::vector<std::string>>& row) {
  return flow_type_list(
      flow_type_set(part_json(schema, member_value(schema.text(), mapping.span, row.name))));
}

Json member_words(const SynchronizationSchema& schema, const ObjectMapping& mapping,
                  const ManagedMember<ObjectMappingRequest, ScopingFilterRequest>&) {
  return scope_words(part_json(schema, mapping.scope_span));
}

std::string wire_text(const Json& words) {
  if (!words.is_array()) return canonical_json(words);
  return canonical_json(flow_types_text(words.get<std::set<std::string>>()));
}

Json source_words(const Json& source) {
  if (source.is_null()) return source_words(MappingSource{});
  auto expression = expression::from_source_tree(source);
  if (!expression) return {{"sourceTree", source}};
  return source_words(MappingSource{std::move(*expression)});
}

Json source_words(const MappingSource& source) {
  const auto* expression = std::get_if<expression::Expression>(&source.value);
  if (expression == nullptr) return {{"source", "none"}};
  if (expression->kind == expression::Expression::Kind::constant)
    return {{"constant", expression->text}};
  return {{"expression", expression::render_expression(*expression)}};
}

}  // namespace syncwright::schema
