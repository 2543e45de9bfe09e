#include <algorithm>
#include <set>

#include "schema/canonical.h"
#include "syncwright/expression/parser.h"
#include "syncwright/expression/source_tree.h"
#include "syncwright/schema/customization.h"

namespace syncwright {

namespace {

template <class Value>
void put(Json& object, const char* key, const std::optional<Value>& value) {
  if (value) object[key] = *value;
}

void put(Json& object, const char* key, const std::string& text) {
  if (!text.empty()) object[key] = text;
}

void put(Json& object, const char* key, bool flag) {
  if (flag) object[key] = true;
}

/// The rendered text, as far as a parser would take it back.
Json json_of(const MappingSource& source) {
  const auto* expression = std::get_if<Expression>(&source.value);
  if (expression == nullptr) return {{"source", "none"}};
  if (expression->kind == Expression::Kind::constant) return {{"constant", expression->text}};
  std::string text = render_expression(*expression);
  const auto parsed = parse_expression(text);
  if (parsed && *parsed == *expression) return {{"expression", std::move(text)}};
  return {{"sourceTree", to_source_tree(*expression)}};
}

Json json_of(const AttributeDefinitionRequest& request) {
  Json json = {
      {"directory", request.directory}, {"object", request.object}, {"name", request.name}};
  put(json, "targetOf", request.target_of);
  put(json, "rule", request.rule);
  put(json, "absent", request.absent);
  put(json, "type", request.type);
  put(json, "anchor", request.anchor);
  put(json, "caseExact", request.case_exact);
  put(json, "multivalued", request.multivalued);
  put(json, "required", request.required);
  put(json, "flowNullValues", request.flow_null_values);
  put(json, "mutability", request.mutability);
  put(json, "defaultValue", request.default_value);
  return json;
}

Json json_of(const AttributeMappingRequest& request) {
  Json json = {{"target", request.target_attribute_name}};
  put(json, "absent", request.absent);
  if (request.source) json.update(json_of(*request.source));
  put(json, "matchingPriority", request.matching_priority);
  put(json, "flowType", request.flow_type);
  put(json, "flowBehavior", request.flow_behavior);
  put(json, "defaultValue", request.default_value);
  if (request.default_value_absent) json["defaultValue"] = {{"absent", true}};
  return json;
}

Json json_of(const ScopingFilterRequest& request) {
  if (request.absent) return {{"absent", true}};
  Json any = Json::array();
  for (const FilterGroup& group : request.any) {
    Json all = Json::array();
    for (const FilterClause& clause : group.all) {
      all.push_back({{"attribute", clause.attribute},
                     {"operator", clause.operator_name},
                     {"values", clause.values}});
    }
    Json words = {{"all", std::move(all)}};
    put(words, "name", group.name);
    any.push_back(std::move(words));
  }
  return {{"any", std::move(any)}};
}

Json json_of(const ObjectMappingRequest& request) {
  Json json = {{"object", request.object}, {"attributes", Json::array()}};
  put(json, "target", request.target);
  put(json, "rule", request.rule);
  put(json, "enabled", request.enabled);
  if (request.flow_types) {
    json["flowTypes"] = flow_type_list({request.flow_types->begin(), request.flow_types->end()});
  }
  if (request.scoping_filter) json["scopingFilter"] = json_of(*request.scoping_filter);
  for (const AttributeMappingRequest& attribute : request.attributes) {
    json["attributes"].push_back(json_of(attribute));
  }
  return json;
}

}  // namespace

Json to_json(const Customization& customization) {
  Json json = {{"mode", customization.mode == Customization::Mode::exact ? "exact" : "merge"},
               {"attributes", Json::array()},
               {"mappings", Json::array()}};
  for (const AttributeDefinitionRequest& each : customization.attributes) {
    json["attributes"].push_back(json_of(each));
  }
  for (const ObjectMappingRequest& each : customization.mappings) {
    json["mappings"].push_back(json_of(each));
  }
  return json;
}

}  // namespace syncwright
