#include "manifest/told_diagnostics.h"

#include <fmt/format.h>

#include <algorithm>

#include "syncwright/manifest/loader.h"

namespace syncwright {
namespace {

bool is_worse(const Diagnostic& left, const Diagnostic& right) {
  return left.severity < right.severity;  // errors, warnings, notes
}

}  // namespace

std::vector<Diagnostic> told(Diagnostics found) {
  found.sort();
  std::vector<Diagnostic> told = found.items();
  told.erase(std::unique(told.begin(), told.end()), told.end());
  if (told.size() <= kMaxLoadDiagnostics) return told;
  std::stable_sort(told.begin(), told.end(), is_worse);
  const auto rest = told.begin() + kMaxLoadDiagnostics;
  // As bad as the worst that it stands for.
  Diagnostic more{"SW0110",
                  rest->severity == Severity::error ? Severity::error : Severity::warning,
                  fmt::format("and {} more", told.end() - rest),
                  "mend the first ones and run again",
                  {}};
  told.erase(rest, told.end());
  Diagnostics kept;
  for (Diagnostic& each : told) kept.add(std::move(each));
  kept.sort();
  told = kept.items();
  told.push_back(std::move(more));
  return told;
}

}  // namespace syncwright
