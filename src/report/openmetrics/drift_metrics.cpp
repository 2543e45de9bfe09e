#include <map>

#include "report/openmetrics/metrics.h"

namespace syncwright::report::openmetrics {

std::string of_drift(const plan::Drift& drift) {
  const plan::Plan& plan = drift.plan;
  Exposition file(plan.project, plan.environment);
  std::map<std::string, std::int64_t> differences;
  std::map<plan::Cause, std::int64_t> causes{{plan::Cause::unknown, 0},
                                             {plan::Cause::tenant, 0},
                                             {plan::Cause::manifest, 0},
                                             {plan::Cause::both, 0}};
  for (const auto& [application, service_principal] : plan.existing) differences[application] = 0;
  for (const plan::Change& change : plan.changes) {
    ++differences[change.application];
    ++causes[change.cause];
  }
  for (const auto& [application, count] : differences) {
    file.add("drift_differences", {{"application", application}}, count);
  }
  for (const auto& [cause, count] : causes) {
    file.add("drift_differences_by_cause", {{"cause", to_string(cause)}}, count);
  }
  for (const plan::Health& health : plan.health) {
    file.add("drift_job_unhealthy",
             {{"application", health.application},
              {"job", health.job.text()},
              {"health", to_string(health.state)}},
             health.is_drift ? 1 : 0);
  }
  file.add("drift_orphans", {}, static_cast<std::int64_t>(plan.orphans.size()));
  if (drift.unmanaged) {
    file.add("drift_outside_edits", {}, static_cast<std::int64_t>(drift.unmanaged->size()));
  }
  file.add("drift_read_complete", {}, plan.complete && !plan.unreadable ? 1 : 0);
  file.add("drift_timestamp", {}, seconds_of(plan.created_at));
  return file.text();
}

}  // namespace syncwright::report::openmetrics
