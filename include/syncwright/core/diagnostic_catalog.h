#pragma once

#include <span>
#include <string_view>

#include "syncwright/core/diagnostic.h"

namespace syncwright {

/// One diagnostic code: SW0xxx YAML and files, SW1xxx manifest fields, SW2xxx references and
/// names, SW3xxx expressions, SW4xxx schema customizations, SW5xxx the plan's blocked changes and
/// warnings, SW9xxx features of a later release. Codes are never reused.
struct CatalogEntry {
  std::string_view code;
  Severity severity;         ///< default level
  std::string_view title;    ///< one line
  std::string_view explain;  ///< `syncwright explain CODE`: what, why, an example of the mend
};

/// Sorted by code.
[[nodiscard]] std::span<const CatalogEntry> diagnostic_catalog();
/// nullptr for an unknown code.
[[nodiscard]] const CatalogEntry* find_catalog_entry(std::string_view code);

}  // namespace syncwright
