#include "syncwright/core/severities.h"

#include <utility>

namespace syncwright {

bool may_be_lowered(const CatalogEntry& entry) {
  return entry.severity != Severity::error || entry.code.starts_with("SW31") ||
         entry.code.starts_with("SW32");
}

Diagnostics with_severities(Diagnostics diagnostics, const Severities& severities) {
  if (severities.empty()) return diagnostics;
  Diagnostics changed;
  for (Diagnostic diagnostic : diagnostics.items()) {
    const auto found = severities.find(to_string(diagnostic.code));
    if (found != severities.end()) diagnostic.severity = found->second;
    changed.add(std::move(diagnostic));
  }
  return changed;
}

}  // namespace syncwright
