#include "syncwright/schema/definition_conflicts.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <string>
#include <utility>

#include "schema/part_lookup.h"

namespace syncwright {
namespace {

template <class T>
bool differ(const std::optional<T>& left, const std::optional<T>& right) {
  return left && right && *left != *right;
}

bool contradict(const AttributeDefinitionRequest& left, const AttributeDefinitionRequest& right) {
  return left.absent != right.absent || differ(left.type, right.type) ||
         differ(left.anchor, right.anchor) || differ(left.case_exact, right.case_exact) ||
         differ(left.multivalued, right.multivalued) || differ(left.required, right.required) ||
         differ(left.flow_null_values, right.flow_null_values) ||
         differ(left.mutability, right.mutability) ||
         differ(left.default_value, right.default_value);
}

}  // namespace

bool may_define_twice(const Customization& customization) {
  std::set<std::string> names;
  for (const AttributeDefinitionRequest& request : customization.attributes) {
    if (!names.insert(request.name).second) return true;
  }
  return false;
}

Diagnostics find_definition_conflicts(const Customization& customization,
                                      const SynchronizationSchema& schema) {
  Diagnostics diagnostics;
  std::map<std::pair<ObjectPlace, std::string>, const AttributeDefinitionRequest*> seen;
  for (const AttributeDefinitionRequest& request : customization.attributes) {
    const auto place = find_object(schema, request);
    if (!place) continue;  // told where the customization is laid over a schema
    const auto [first, added] = seen.emplace(std::pair(*place, request.name), &request);
    if (added || !contradict(*first->second, request)) continue;
    const DirectoryDefinition& directory = schema.directories()[place->directory];
    diagnostics.add("SW2011", request.where,
                    fmt::format("the definition of `{}` (`{}` of `{}`) is another one in line {}",
                                request.name, directory.objects[place->object].name, directory.name,
                                first->second->where.line),
                    "keep one of the two");
  }
  return diagnostics;
}

}  // namespace syncwright
