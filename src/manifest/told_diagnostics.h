#pragma once

#include <vector>

#include "syncwright/core/diagnostic.h"

namespace syncwright {

/// What a run tells of all that it found: sorted by place, equal ones once (a fault behind an alias
/// is found for every use of it), at most kMaxLoadDiagnostics of them and SW0110 for the rest.
/// Errors are kept before warnings and these before notes, wherever they stand.
[[nodiscard]] std::vector<Diagnostic> told(Diagnostics found);

}  // namespace syncwright
