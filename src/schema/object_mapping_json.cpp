#include "syncwright/schema/object_mapping_json.h"

#include <fmt/format.h>

#include "schema/canonical_filter.h"
#include "syncwright/expression/source_tree.h"
#include "syncwright/schema/members.h"

namespace syncwright {
namespace {

Json wire_value(const MappingSource& source) {
  const auto* expression = std::get_if<Expression>(&source.value);
  return expression == nullptr ? Json(nullptr) : to_source_tree(*expression);
}

template <class Value>
Json wire_value(const Value& value) {
  return value;
}

Json to_attribute_mapping(const AttributeMappingRequest& request) {
  Json mapping = {{"targetAttributeName", request.target_attribute_name}};
  for_each_member<AttributeMappingRequest>([&](const auto& row) {
    const auto& value = request.*row.value;
    mapping[row.name] = value ? wire_value(*value) : standard_of(row);
  });
  return mapping;
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
