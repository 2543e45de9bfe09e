#include "syncwright/provisioning/step_row.h"

namespace syncwright {

std::vector<StepRow> step_rows(const std::vector<ProvisioningStep>& steps) {
  std::vector<StepRow> rows;
  rows.reserve(steps.size());
  for (const ProvisioningStep& step : steps) {
    rows.push_back({to_string(step.kind), to_string(step.status), step.description, step.details,
                    step.subjects});
  }
  return rows;
}

}  // namespace syncwright
