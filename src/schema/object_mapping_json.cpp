#include "syncwright/schema/object_mapping_json.h"

#include <fmt/format.h>

#include "schema/compare/canonical_filter.h"
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

void put(Json& mapping, const ObjectMappingRequest& request,
         const ManagedMember<ObjectMappingRequest, bool>& row) {
  mapping[row.name] = (request.*row.value).value_or(row.standard);
}

void put(Json& mapping, const ObjectMappingRequest& request,
         const ManagedMember<ObjectMappingRequest, std::vector<std::string>>& row) {
  const Words& words = request.*row.value ? *(request.*row.value) : row.words();
  mapping[row.name] = fmt::format("{}", fmt::join(words, ", "));
}

void put(Json& mapping, const ObjectMappingRequest& request,
         const ManagedMember<ObjectMappingRequest, ScopingFilterRequest>& row) {
  mapping["scope"] = nullptr;
  if (!(request.*row.value)) return;
  const auto written = scope_replacement(nullptr, *(request.*row.value));
  auto scope = written ? parse_json(written->text) : Result<Json>(nullptr);
  if (scope) mapping["scope"] = std::move(*scope);
}

}  // namespace

Json to_object_mapping(const ObjectMappingRequest& request) {
  Json attributes = Json::array();
  for (const AttributeMappingRequest& attribute : request.attributes) {
    if (attribute.absent || !attribute.source) continue;
    attributes.push_back(to_attribute_mapping(attribute));
  }
  Json mapping = {{"sourceObjectName", request.object},
                  {"targetObjectName", request.target.empty() ? request.object : request.target},
                  {"attributeMappings", std::move(attributes)}};
  for_each_member<ObjectMappingRequest>([&](const auto& row) { put(mapping, request, row); });
  return mapping;
}

}  // namespace syncwright
