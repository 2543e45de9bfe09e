#include <algorithm>

#include "syncwright/schema/schema_diff.h"

namespace syncwright {

namespace {

// A path may hold anything that names may hold, so the kind of a change is told by its values, and
// by the end of its path only among kinds whose values look alike.

/// `groups` as a manifest says them, or another list of filter groups.
bool is_filter(const Json& value) {
  return value.is_object() ? value.contains("any")
                           : value.is_array() && !value.empty() && value.front().is_object();
}

/// Leaving inputFilterGroups does not deprovision (API.md 9.3).
bool is_scope(const FieldChange& change) {
  return (is_filter(change.before) || is_filter(change.after)) &&
         !change.path.ends_with(":inputFilterGroups");
}

/// The containers or groups that a rule is for.
bool is_inclusion(const FieldChange& change) {
  return change.path.ends_with(":containerFilter") || change.path.ends_with(":groupFilter");
}

/// A rule or an object mapping as a whole.
bool holds_mappings(const Json& value) {
  return value.is_object() &&
         (value.contains("objectMappings") || value.contains("attributeMappings"));
}

std::int64_t priority_of(const Json& mapping) {
  return int_or(mapping, "matchingPriority", 0);
}

/// Where the matching value comes from.
Json source_of(const Json& mapping) {
  Json source = Json::object();
  for (const char* key : {"expression", "constant", "source", "sourceTree"}) {
    source[key] = member_or_null(mapping, key);
  }
  return source;
}

bool is_risk(const FieldChange& change) {
  if (is_scope(change) || is_inclusion(change)) return true;
  if (change.after == Json(false)) return true;  // :enabled
  if (holds_mappings(change.before) && change.after.is_null()) return true;
  if (priority_of(change.before) != priority_of(change.after)) return true;
  return priority_of(change.after) > 0 && source_of(change.before) != source_of(change.after);
}

}  // namespace

bool risks_deprovisioning(const std::vector<FieldChange>& changes) {
  return std::any_of(changes.begin(), changes.end(), is_risk);
}

}  // namespace syncwright
