#pragma once

#include "syncwright/core/diagnostic.h"
#include "syncwright/schema/customization.h"
#include "syncwright/schema/overlay.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::schema {

/// Whether two definitions have the same attribute name and are written in different words (the
/// directory's name, or a mapping's `define:`): only a schema tells whether they mean one
/// attribute.
[[nodiscard]] bool may_define_twice(const Customization& customization);

/// Definitions of one attribute of the schema that contradict each other (SW2011, at the later
/// one): no rule says which of them counts. `customization` is what one place of the manifests
/// says; where sets and a job are laid over each other, the later one counts and nothing conflicts.
[[nodiscard]] Diagnostics find_definition_conflicts(const Customization& customization,
                                                    const SynchronizationSchema& schema);

/// The definitions that the customization takes out of `base` although `result`, the overlay of the
/// two, maps them still or has no other anchor: Graph refuses both (docs/graph.md#5.6). SW5030
/// each.
[[nodiscard]] std::vector<OverlayProblem> find_refused_removals(const SynchronizationSchema& base,
                                                                const SynchronizationSchema& result,
                                                                const Customization& customization);

}  // namespace syncwright::schema
