#include <algorithm>

#include "syncwright/schema/schema_diff.h"

namespace syncwright {

namespace {

// A path may hold anything that names may hold, so the kind of a change is told by its values.

bool is_scoping_filter(const Json& value) {
  return value.is_object() && value.contains("any");
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
  if (is_scoping_filter(change.before) || is_scoping_filter(change.after)) return true;
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
