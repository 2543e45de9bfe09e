#pragma once

#include <string>
#include <string_view>

#include "schema/lint/known_attributes.h"

namespace syncwright {

/// What the rules over one object mapping look at.
struct MappingSubject {
  const Customization& customization;
  const ObjectMappingRequest& mapping;
  const MappingSurroundings& around;
};

/// SW3201, SW3202.
void lint_targets(const MappingSubject& subject, Diagnostics& diagnostics);
/// SW3203, SW3204.
void lint_matching(const MappingSubject& subject, Diagnostics& diagnostics);
/// SW3205, SW3206, SW3207: of mappings and of the scoping filter.
void lint_attribute_names(const MappingSubject& subject, Diagnostics& diagnostics);
/// SW3210, SW3211, and of a pattern SW3106, SW3118, SW3119, SW3125.
void lint_scoping_filter(const MappingSubject& subject, Diagnostics& diagnostics);

}  // namespace syncwright
