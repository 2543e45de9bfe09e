#include "syncwright/schema/object_mapping_json.h"

#include <fmt/format.h>

#include "schema/canonical_filter.h"
#include "syncwright/expression/source_tree.h"

namespace syncwright {
namespace {

Json to_attribute_mapping(const AttributeMappingRequest& request) {
  const auto* expression = std::get_if<Expression>(&request.source->value);
  return {{"targetAttributeName", request.target_attribute_name},
          {"source", expression == nullptr ? Json(nullptr) : to_source_tree(*expression)},
          {"matchingPriority", request.matching_priority.value_or(0)},
          {"flowType", request.flow_type.value_or("Always")},
          {"flowBehavior", request.flow_behavior.value_or("FlowWhenChanged")},
          {"defaultValue", request.default_value ? Json(*request.default_value) : Json(nullptr)}};
}

Json to_scope(const std::optional<ScopingFilterRequest>& request) {
  if (!request) return nullptr;
  const auto written = scope_replacement(nullptr, *request);
  if (!written) return nullptr;
  auto scope = parse_json(written->text);
  return scope ? std::move(*scope) : Json(nullptr);
}

}  // namespace

Json to_object_mapping(const ObjectMappingRequest& request) {
  Json attributes = Json::array();
  for (const AttributeMappingRequest& attribute : request.attributes) {
    if (attribute.absent || !attribute.source) continue;
    attributes.push_back(to_attribute_mapping(attribute));
  }
  const std::string flow_types = request.flow_types
                                     ? fmt::format("{}", fmt::join(*request.flow_types, ", "))
                                     : "Add, Update, Delete";
  return {{"sourceObjectName", request.object},
          {"targetObjectName", request.target.empty() ? request.object : request.target},
          {"enabled", request.enabled.value_or(true)},
          {"flowTypes", flow_types},
          {"scope", to_scope(request.scoping_filter)},
          {"attributeMappings", std::move(attributes)}};
}

}  // namespace syncwright
