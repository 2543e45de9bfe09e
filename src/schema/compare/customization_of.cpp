#include "syncwright/schema/customization_of.h"

#include <fmt/format.h>

#include <set>

#include "schema/compare/extraction_parts.h"
#include "syncwright/schema/overlay.h"
#include "syncwright/schema/schema_diff.h"

namespace syncwright {

namespace {

/// The members in which two parts differ; empty where the parts are no objects.
std::string differing_members(const Json& standard, const Json& live) {
  if (!standard.is_object() || !live.is_object()) return {};
  std::set<std::string> names;
  for (const Json* side : {&standard, &live}) {
    for (const auto& [key, value] : side->items()) {
      const bool is_same =
          standard.contains(key) && live.contains(key) && standard[key] == live[key];
      if (!is_same) names.insert(key);
    }
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

/// `change` is from what a manifest can reach to what is live.
std::string remark_on(const FieldChange& change) {
  if (change.before.is_null())
    return fmt::format("`{}` is not in the standard schema", change.path);
  if (change.after.is_null()) {
    return fmt::format("`{}` of the standard schema is missing", change.path);
  }
  const std::string members = differing_members(change.before, change.after);
  if (members.empty()) return fmt::format("`{}` differs from the standard schema", change.path);
  return fmt::format("`{}` differs from the standard schema in {}", change.path, members);
}

}  // namespace

ExtractedCustomization customization_of(const SynchronizationSchema& standard,
                                        const SynchronizationSchema& live) {
  ExtractedCustomization extracted;
  extracted.customization.attributes = extract_definitions(standard, live);
  extracted.customization.mappings = extract_mappings(standard, live);
  const auto laid = overlay(standard, extracted.customization);
  if (laid) {
    for (const FieldChange& change : diff(*laid, live)) {
      extracted.remarks.push_back(remark_on(change));
    }
  } else {
    // Every request was tried alone: what is left are the bounds of a document.
    extracted.customization = {};
    for (const OverlayProblem& problem : laid.error()) {
      extracted.remarks.push_back(problem.message);
    }
  }
  extracted.needs_document = !extracted.remarks.empty();
  return extracted;
}

}  // namespace syncwright
