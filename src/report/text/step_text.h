#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "syncwright/core/json.h"
#include "syncwright/provisioning/step_story.h"
#include "syncwright/report/style.h"

namespace syncwright::report {

/// One line a step, its details below, everything from column `indent` on.
[[nodiscard]] std::string render_steps(const std::vector<provisioning::StepRow>& steps,
                                       std::size_t indent, const Style& style);
/// A list of {name, status, description, details}.
[[nodiscard]] Json to_json(const std::vector<provisioning::StepRow>& steps);

}  // namespace syncwright::report
