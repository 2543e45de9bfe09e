#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "syncwright/core/json.h"
#include "syncwright/report/style.h"

namespace syncwright {

/// One step of a provisioning run as people read it: of our own engine, or of Microsoft's.
struct StepRow {
  std::string name;         ///< import, scoping, matching, mapping, export, or as Graph calls it
  std::string status;       ///< success, skipped, warning, failure
  std::string description;  ///< a sentence
  std::vector<std::string> details;
  /// The target attribute that each of `details` is about; empty where they are about none.
  std::vector<std::string> subjects{};
};

/// One line a step, its details below, everything from column `indent` on.
[[nodiscard]] std::string render_steps(const std::vector<StepRow>& steps, std::size_t indent,
                                       const Style& style);
/// A list of {name, status, description, details}.
[[nodiscard]] Json to_json(const std::vector<StepRow>& steps);

}  // namespace syncwright
