#pragma once

#include <string>
#include <vector>

#include "syncwright/provisioning/mapping_run.h"

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

/// The steps of our own engine.
[[nodiscard]] std::vector<StepRow> step_rows(const std::vector<ProvisioningStep>& steps);

}  // namespace syncwright
