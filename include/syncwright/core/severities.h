#pragma once

#include <functional>
#include <map>
#include <string>

#include "syncwright/core/diagnostic.h"
#include "syncwright/core/diagnostic_catalog.h"

namespace syncwright {

/// The levels that a project gives to diagnostics, by code.
using Severities = std::map<std::string, Severity, std::less<>>;

/// Whether a project may make less of the diagnostic than the catalog does. Not of an error that
/// says that something was not read or means nothing: the value that it is about is not in
/// `Desired`, and as a warning it would silently be left unmanaged. What the linters find (SW31xx,
/// SW32xx) is about values that were understood.
[[nodiscard]] bool may_be_lowered(const CatalogEntry& entry);

/// The same diagnostics with the project's levels.
[[nodiscard]] Diagnostics with_severities(Diagnostics diagnostics, const Severities& severities);

}  // namespace syncwright
