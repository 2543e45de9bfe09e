#pragma once

#include <span>

#include "syncwright/core/diagnostic_catalog.h"

namespace syncwright {

/// The catalog's rows by hundreds, each sorted by code. Texts are wrapped for a terminal.
[[nodiscard]] std::span<const CatalogEntry> yaml_diagnostics();             // SW01xx
[[nodiscard]] std::span<const CatalogEntry> field_diagnostics();            // SW10xx
[[nodiscard]] std::span<const CatalogEntry> reference_diagnostics();        // SW20xx
[[nodiscard]] std::span<const CatalogEntry> expression_diagnostics();       // SW30xx
[[nodiscard]] std::span<const CatalogEntry> expression_lint_diagnostics();  // SW31xx
[[nodiscard]] std::span<const CatalogEntry> mapping_lint_diagnostics();     // SW32xx
[[nodiscard]] std::span<const CatalogEntry> schema_diagnostics();           // SW40xx
[[nodiscard]] std::span<const CatalogEntry> plan_diagnostics();             // SW50xx
[[nodiscard]] std::span<const CatalogEntry> release_diagnostics();          // SW90xx

}  // namespace syncwright
