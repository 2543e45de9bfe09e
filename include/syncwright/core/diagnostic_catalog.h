#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "syncwright/core/code.h"
#include "syncwright/core/diagnostic.h"

namespace syncwright {

/// What docs/diagnostics says about a code, of which there is one page each. Codes are never
/// reused.
struct CatalogEntry {
  std::string_view code;     ///< "SW1001"
  Severity severity;         ///< default level
  std::string_view title;    ///< one line
  std::string_view explain;  ///< `syncwright explain CODE`: what, why, an example of the mend
};

/// Sorted by code.
[[nodiscard]] std::span<const CatalogEntry> diagnostic_catalog();
/// REQUIRES: not Code::none.
[[nodiscard]] const CatalogEntry& catalog_entry(Code code);
/// nullptr for an unknown code.
[[nodiscard]] const CatalogEntry* find_catalog_entry(std::string_view code);

/// The levels that a project gives to diagnostics, by code; a code that is absent keeps the
/// catalog's.
using Severities = std::map<std::string, Severity, std::less<>>;

/// Whether a project may make less of the diagnostic than the catalog does. An error that says that
/// something was not read, or means nothing, stays one: the value that it is about was left out,
/// and as a warning it would silently be left unmanaged. What the linters find (SW31xx, SW32xx) is
/// about values that were understood.
[[nodiscard]] bool may_be_lowered(const CatalogEntry& entry);

/// The same diagnostics with the project's levels.
[[nodiscard]] Diagnostics with_severities(Diagnostics diagnostics, const Severities& severities);

}  // namespace syncwright
