#include "syncwright/graph_write/on_demand_rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "syncwright/core/ascii.h"
#include "syncwright/core/text.h"
#include "syncwright/graph_read/answer_text.h"

namespace syncwright::graph_write {
namespace {

constexpr std::size_t kMostNames = 20;
constexpr std::string_view kUser = "User";

using Names = std::vector<std::string>;

/// What a rule reads from its source; the mappings that only describe a target have no source.
std::set<std::string> source_objects(const schema::SynchronizationRule& rule) {
  std::set<std::string> names;
  for (const schema::ObjectMapping& mapping : rule.object_mappings) {
    if (!mapping.source_object_name.empty()) names.insert(mapping.source_object_name);
  }
  return names;
}

Names source_objects(const schema::SynchronizationSchema& schema) {
  std::set<std::string> all;
  for (const schema::SynchronizationRule& rule : schema.rules()) all.merge(source_objects(rule));
  return {all.begin(), all.end()};
}

const std::string& name_of(const schema::SynchronizationRule& rule) {
  return rule.name.empty() ? rule.id : rule.name;
}

/// Bounded, and safe to print: the names are the tenant's.
std::string list_names(const Names& names) {
  Names shown;
  for (const std::string& name : names) {
    if (shown.size() == kMostNames) {
      shown.emplace_back("...");
      break;
    }
    shown.push_back(graph_read::plain_text(name, 100));
  }
  return fmt::format("{}", fmt::join(shown, ", "));
}

tl::unexpected<Error> unknown_object(const schema::SynchronizationSchema& schema,
                                     const std::string& object) {
  const Names known = source_objects(schema);
  if (known.empty()) {
    return fail(ErrorKind::invalid_input, "the job's schema has no rule that maps any object");
  }
  const std::string hint = did_you_mean(object, known);
  return fail(
      ErrorKind::invalid_input,
      fmt::format("no rule of the job's schema maps an object named `{}`", object),
      fmt::format("{}{}--object NAME --id ID-OR-DN takes one of: {}",
                  graph_read::plain_text(hint, 200), hint.empty() ? "" : " ", list_names(known)));
}

/// The schema's word for a person of the same source; Graph's where it has none.
std::string member_type_of(const schema::SynchronizationSchema& schema,
                           const schema::SynchronizationRule& rule) {
  for (const schema::SynchronizationRule& other : schema.rules()) {
    if (other.source_directory_name != rule.source_directory_name) continue;
    for (const std::string& name : source_objects(other)) {
      if (ascii::equal_ignoring_case(name, kUser)) return name;
    }
  }
  return std::string(kUser);
}

/// Whether the rule reads from Entra ID, whichever of its two names the schema has
/// (docs/graph.md#13.31).
bool reads_entra(const schema::SynchronizationSchema& schema,
                 const schema::SynchronizationRule& rule) {
  const schema::DirectoryDefinition* source = schema.find_directory(rule.source_directory_name);
  return source != nullptr && source == schema.find_directory("Microsoft Entra ID");
}

}  // namespace

Result<OnDemandRule> choose_on_demand_rule(const schema::SynchronizationSchema& schema,
                                           const std::string& object, const std::string& rule) {
  std::vector<const schema::SynchronizationRule*> candidates;
  Names names;
  for (const schema::SynchronizationRule& each : schema.rules()) {
    if (object.empty() || !source_objects(each).contains(object)) continue;
    names.push_back(name_of(each));
    if (rule.empty() || each.name == rule || each.id == rule) candidates.push_back(&each);
  }
  if (names.empty()) return unknown_object(schema, object);
  if (candidates.size() != 1) {
    return fail(ErrorKind::invalid_input,
                candidates.empty()
                    ? fmt::format("no rule that maps `{}` is named `{}`", object, rule)
                    : fmt::format("{} rules map an object named `{}`", candidates.size(), object),
                fmt::format("--rule takes one of: {}", list_names(names)));
  }
  const schema::SynchronizationRule& chosen = *candidates.front();
  return OnDemandRule{chosen.id,
                      name_of(chosen),
                      object,
                      member_type_of(schema, chosen),
                      chosen.source_directory_name,
                      reads_entra(schema, chosen)};
}

}  // namespace syncwright::graph_write
