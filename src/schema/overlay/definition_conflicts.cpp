#include "syncwright/schema/definition_conflicts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "schema/compare/canonical.h"
#include "schema/part_identity.h"
#include "schema/part_lookup.h"
#include "syncwright/schema/members.h"
#include "syncwright/schema/overlay.h"

namespace syncwright::schema {

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
    if (!place) continue;  // the overlay reports it
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

namespace {

/// Whether an attribute stands anywhere in a mapping's source.
bool reads_attribute(const Json& source, const std::string& name) {
  if (string_or(source, "type") == "Attribute" && string_or(source, "name") == name) return true;
  const Json& parameters = member_or_null(source, "parameters");
  return parameters.is_array() &&
         std::any_of(parameters.begin(), parameters.end(), [&](const Json& parameter) {
           return reads_attribute(member_or_null(parameter, "value"), name);
         });
}

bool defines(const ObjectDefinition& object, const std::string& name) {
  return std::any_of(object.attributes().begin(), object.attributes().end(),
                     [&](const AttributeDefinition& each) { return each.name == name; });
}

bool has_anchor(const SynchronizationSchema& schema, const ObjectDefinition& object) {
  return std::any_of(object.attributes().begin(), object.attributes().end(),
                     [&](const AttributeDefinition& each) {
                       return bool_or(part_json(schema, each.span), "anchor", false);
                     });
}

/// One definition that is gone from the result.
class RemovedDefinition {
 public:
  RemovedDefinition(const SynchronizationSchema& result, const ObjectPlace& place,
                    const AttributeDefinitionRequest& request)
      : result_(result),
        directory_(result.directories()[place.directory]),
        object_(directory_.objects[place.object]),
        request_(request) {}

  void check_mappings(std::vector<OverlayProblem>& problems) const {
    for (const SynchronizationRule& rule : result_.rules()) {
      const bool as_source = is_here(rule.source_directory_name);
      const bool as_target = is_here(rule.target_directory_name);
      for (const ObjectMapping& mapping : rule.object_mappings) {
        if ((as_source && mapping.source_object_name == object_.name && is_read_by(mapping)) ||
            (as_target && mapping.target_object_name == object_.name && is_target_of(mapping))) {
          report(problems, fmt::format("is still mapped in `{}` -> `{}`",
                                       mapping.source_object_name, mapping.target_object_name));
        }
      }
    }
  }

  /// Graph refuses an object without an anchor (docs/graph.md#5.6).
  void check_anchor(const SynchronizationSchema& base, const ObjectDefinition& before,
                    std::vector<OverlayProblem>& problems) const {
    if (has_anchor(base, before) && !has_anchor(result_, object_)) {
      report(problems, "is the anchor");
    }
  }

 private:
  [[nodiscard]] bool is_here(const std::string& directory_name) const {
    return same_directory_name(directory_name, directory_.name);
  }

  [[nodiscard]] bool is_read_by(const ObjectMapping& mapping) const {
    return std::any_of(mapping.attribute_mappings.begin(), mapping.attribute_mappings.end(),
                       [&](const AttributeMapping& each) {
                         return reads_attribute(part_json(result_, each.source_span),
                                                request_.name);
                       });
  }

  [[nodiscard]] bool is_target_of(const ObjectMapping& mapping) const {
    return std::any_of(
        mapping.attribute_mappings.begin(), mapping.attribute_mappings.end(),
        [&](const AttributeMapping& each) { return each.target_attribute_name == request_.name; });
  }

  void report(std::vector<OverlayProblem>& problems, const std::string& why) const {
    problems.push_back({Code::SW5030,
                        fmt::format("the attribute `{}` of the object `{}` of the directory `{}` "
                                    "cannot go: it {}",
                                    request_.name, object_.name, directory_.name, why),
                        request_.where, "map something else there first, or leave it defined"});
  }

  const SynchronizationSchema& result_;
  const DirectoryDefinition& directory_;
  const ObjectDefinition& object_;
  const AttributeDefinitionRequest& request_;
};

}  // namespace

std::vector<OverlayProblem> find_refused_removals(const SynchronizationSchema& base,
                                                  const SynchronizationSchema& result,
                                                  const Customization& customization) {
  std::vector<OverlayProblem> problems;
  for (const AttributeDefinitionRequest& request : customization.attributes) {
    if (!request.absent) continue;
    const auto place = find_object(base, request);
    if (!place) continue;
    const ObjectDefinition& before = base.directories()[place->directory].objects[place->object];
    const ObjectDefinition& after = result.directories()[place->directory].objects[place->object];
    if (!defines(before, request.name) || defines(after, request.name)) continue;
    const RemovedDefinition removed(result, *place, request);
    removed.check_mappings(problems);
    removed.check_anchor(base, before, problems);
  }
  return problems;
}

}  // namespace syncwright::schema
