#include "told_diagnostics.h"

#include <fmt/format.h>

#include <algorithm>

#include "syncwright/manifest/loader.h"

namespace syncwright {

std::vector<Diagnostic> told(Diagnostics found) {
  found.sort();
  std::vector<Diagnostic> told = found.items();
  told.erase(std::unique(told.begin(), told.end()), told.end());
  if (told.size() <= kMaxLoadDiagnostics) return told;
  const auto rest = told.begin() + kMaxLoadDiagnostics;
  // As bad as the worst that it stands for.
  const bool has_errors = std::any_of(
      rest, told.end(), [](const Diagnostic& each) { return each.severity == Severity::error; });
  Diagnostic more{"SW0110",
                  has_errors ? Severity::error : Severity::warning,
                  fmt::format("and {} more", told.end() - rest),
                  "mend the first ones and run again",
                  {}};
  told.erase(rest, told.end());
  told.push_back(std::move(more));
  return told;
}

}  // namespace syncwright
