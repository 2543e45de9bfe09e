#pragma once

#include <vector>

#include "schema/json_text.h"
#include "syncwright/schema/overlay.h"

namespace syncwright::schema {

/// The half of `overlay` that concerns object mappings: adds its edits of the base's text, and its
/// problems. `functions` as for `overlay`.
void overlay_mappings(const SynchronizationSchema& base, const Customization& customization,
                      const expression::FunctionKeys* functions, std::vector<TextEdit>& edits,
                      std::vector<OverlayProblem>& problems);

}  // namespace syncwright::schema
