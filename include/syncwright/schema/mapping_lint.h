#pragma once

#include <string>
#include <vector>

#include "syncwright/core/diagnostic.h"
#include "syncwright/schema/customization.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::schema {

/// A schema to check a customization against without asking the tenant.
struct KnownSchema {
  SynchronizationSchema schema;
  /// Whether what it lacks is not there: a document that somebody saved from the job. false: an
  /// approximation of the gallery's template, so that findings about it are warnings that send the
  /// user to `plan`.
  bool exact = false;
  std::string document{};  ///< the file it is from, named in findings; empty: none
};

/// Everything that can be found out about one object mapping of a customization beyond its single
/// expressions (SW32xx, SW3106 and SW3118 to SW3125 of a filter's pattern): its targets, matching
/// attributes and scoping filter, and against `known` (nullptr: nothing is known) the attributes
/// that it names. What the customization itself defines counts as known. `mapping` is one of
/// `customization.mappings`. Each diagnostic points at the attribute, inside of expressions where
/// their text is known. Severities are the catalog's, but errors where `known` is exact and lacks
/// an attribute.
[[nodiscard]] Diagnostics lint_mapping(const Customization& customization,
                                       const ObjectMappingRequest& mapping,
                                       const KnownSchema* known = nullptr);

/// The source attributes that are references to other objects, sorted: `manager`, and what `known`
/// and the customization say (LintContext::reference_attributes).
[[nodiscard]] std::vector<std::string> reference_attributes(const Customization& customization,
                                                            const ObjectMappingRequest& mapping,
                                                            const KnownSchema* known = nullptr);

}  // namespace syncwright::schema
