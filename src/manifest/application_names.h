#pragma once

#include <vector>

#include "manifest/decode/decoded_application.h"
#include "syncwright/core/diagnostic.h"

namespace syncwright {

/// Where a name comes from: the row that made it, else the manifest.
[[nodiscard]] const SourceRange& origin_of(const DesiredApplication& application);

/// Checks what concerns several applications, sorted by name: two of one name (SW2001), and
/// `lifecycle.previously` that names an application that is still there, or one that another
/// claims as well (SW2026).
void check_names(const std::vector<DecodedApplication>& applications, Diagnostics& diagnostics);

}  // namespace syncwright
