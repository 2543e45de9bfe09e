#pragma once

#include <vector>

#include "schema/overlay/text_edit.h"
#include "syncwright/schema/overlay.h"

namespace syncwright {

/// The two halves of `overlay`: each adds its edits of the base's text, and its problems. They
/// touch different parts of the text.
void overlay_definitions(const SynchronizationSchema& base, const Customization& customization,
                         std::vector<TextEdit>& edits, std::vector<OverlayProblem>& problems);
void overlay_mappings(const SynchronizationSchema& base, const Customization& customization,
                      const FunctionKeys* functions, std::vector<TextEdit>& edits,
                      std::vector<OverlayProblem>& problems);

}  // namespace syncwright
