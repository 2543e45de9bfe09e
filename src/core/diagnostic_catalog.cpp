#include "syncwright/core/diagnostic_catalog.h"

#include <algorithm>
#include <vector>

#include "core/diagnostic_tables.h"

namespace syncwright {

std::span<const CatalogEntry> diagnostic_catalog() {
  static const std::vector<CatalogEntry> catalog = [] {
    std::vector<CatalogEntry> all;
    for (const auto table :
         {yaml_diagnostics(), field_diagnostics(), reference_diagnostics(),
          expression_diagnostics(), expression_lint_diagnostics(), mapping_lint_diagnostics(),
          schema_diagnostics(), plan_diagnostics(), release_diagnostics()}) {
      all.insert(all.end(), table.begin(), table.end());
    }
    return all;
  }();
  return catalog;
}

const CatalogEntry* find_catalog_entry(std::string_view code) {
  const std::span<const CatalogEntry> catalog = diagnostic_catalog();
  const auto found = std::lower_bound(
      catalog.begin(), catalog.end(), code,
      [](const CatalogEntry& entry, std::string_view wanted) { return entry.code < wanted; });
  return found != catalog.end() && found->code == code ? &*found : nullptr;
}

}  // namespace syncwright
