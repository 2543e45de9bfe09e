#pragma once

#include <cstddef>
#include <string>

#include "syncwright/core/json.h"
#include "syncwright/report/diagnostic_text.h"

namespace syncwright {

/// What `validate` found.
struct Validation {
  const Diagnostics& diagnostics;
  SourceLookup source;
  std::size_t applications = 0;
  std::size_t files = 0;
};

/// "Valid: 2 applications in 3 files."; empty where the diagnostics hold an error.
[[nodiscard]] std::string render_verdict(const Validation& validation);
/// Every diagnostic with its source line, how many there are, and the verdict.
[[nodiscard]] std::string render_validation(const Validation& validation, const Style& style);
/// {"valid": true, "diagnostics": [...]}
[[nodiscard]] Json to_json(const Validation& validation);

}  // namespace syncwright
