#pragma once

#include <span>
#include <string_view>

#include "syncwright/core/code.h"
#include "syncwright/core/diagnostic.h"

namespace syncwright {

/// What docs/diagnostics says about a code. Codes are never reused.
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

}  // namespace syncwright
