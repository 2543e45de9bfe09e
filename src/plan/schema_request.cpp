#include "plan/schema_request.h"

#include "syncwright/expression/source_tree.h"
#include "syncwright/schema/members.h"

namespace syncwright {

namespace {

template <class T>
void put(Json& object, const char* key, const std::optional<T>& value) {
  if (value) object[key] = *value;
}

void put_source(Json& object, const MappingSource& source) {
  const auto* expression = std::get_if<Expression>(&source.value);
  if (expression == nullptr) {
    object["source"] = "none";
  } else if (expression->kind == Expression::Kind::constant) {
    object["constant"] = expression->text;
  } else {
    object["expression"] = render_expression(*expression);
  }
}

Json words_of(const AttributeMappingRequest& request) {
  if (request.absent) return nullptr;
  Json words = Json::object();
  if (request.source) put_source(words, *request.source);
  put(words, "matchingPriority", request.matching_priority);
  put(words, "flowType", request.flow_type);
  put(words, "flowBehavior", request.flow_behavior);
  put(words, "defaultValue", request.default_value);
  if (request.default_value_absent) words["defaultValue"] = nullptr;
  return words;
}

Json words_of(const AttributeDefinitionRequest& request) {
  if (request.absent) return nullptr;
  Json words = Json::object();
  for_each_member<AttributeDefinitionRequest>(
      [&](const auto& row) { put(words, row.name, request.*row.value); });
  return words;
}

Json words_of(const ScopingFilterRequest& request) {
  if (request.absent) return nullptr;
  Json groups = Json::array();
  for (const FilterGroup& group : request.any) {
    Json clauses = Json::array();
    for (const FilterClause& clause : group.all) {
      clauses.push_back({{"attribute", clause.attribute},
                         {"operator", clause.operator_name},
                         {"values", clause.values}});
    }
    Json words{{"all", std::move(clauses)}};
    if (!group.name.empty()) words["name"] = group.name;
    groups.push_back(std::move(words));
  }
  return {{"any", std::move(groups)}};
}

std::string path_of(const ObjectMappingRequest& request) {
  std::string path = request.rule.empty() ? "" : request.rule + "/";
  path += request.object;
  if (!request.target.empty()) path += "->" + request.target;
  return path;
}

std::string path_of(const AttributeDefinitionRequest& request) {
  const std::string rule = request.rule.empty() ? "" : request.rule + ":";
  // `define:` names the object by the mapping that it is the target of.
  const std::string object = request.object.empty() ? request.target_of + "->*" : request.object;
  return rule + request.directory + "/" + object + "." + request.name;
}

class Fields {
 public:
  void add(std::string path, Json after) {
    fields_.push_back({std::move(path), Json{{"unknown", true}}, std::move(after)});
  }

  void add(const ObjectMappingRequest& request) {
    const std::string path = path_of(request);
    if (request.enabled) add(path + ":enabled", *request.enabled);
    if (request.flow_types) add(path + ":flowTypes", *request.flow_types);
    if (request.scoping_filter) add(path + ":scopingFilter", words_of(*request.scoping_filter));
    for (const AttributeMappingRequest& attribute : request.attributes) {
      add(path + "/" + attribute.target_attribute_name, words_of(attribute));
    }
  }

  std::vector<FieldChange> take() { return std::move(fields_); }

 private:
  std::vector<FieldChange> fields_;
};

}  // namespace

std::vector<FieldChange> requested_fields(const Customization& customization) {
  Fields fields;
  for (const AttributeDefinitionRequest& request : customization.attributes) {
    fields.add(path_of(request), words_of(request));
  }
  for (const ObjectMappingRequest& request : customization.mappings) fields.add(request);
  return fields.take();
}

}  // namespace syncwright
