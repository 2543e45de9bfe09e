#include "syncwright/schema/definition_conflicts.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <string>
#include <utility>

#include "schema/part_lookup.h"
#include "syncwright/schema/members.h"

namespace syncwright {
namespace {

bool contradict(const AttributeDefinitionRequest& left, const AttributeDefinitionRequest& right) {
  bool found = left.absent != right.absent;
  for_each_member<AttributeDefinitionRequest>([&](const auto& row) {
    const auto& here = left.*row.value;
    const auto& there = right.*row.value;
    found = found || (here && there && *here != *there);
  });
  return found;
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
    diagnostics.add(Code::SW2011, request.where,
                    fmt::format("the definition of `{}` (`{}` of `{}`) is another one in line {}",
                                request.name, directory.objects[place->object].name, directory.name,
                                first->second->where.line),
                    "keep one of the two");
  }
  return diagnostics;
}

}  // namespace syncwright
