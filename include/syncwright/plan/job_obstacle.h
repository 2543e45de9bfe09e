#pragma once

#include <optional>
#include <string>
#include <vector>

#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/plan/change.h"

namespace syncwright::plan {

/// What stops a change although the manifest asks for it. Planner and executor ask the same
/// functions: what stands in a job's way may come up between the two.

/// Why a job is not started or restarted, and what that makes of the change.
struct JobObstacle {
  Refusal refusal;
  ChangeStatus status = ChangeStatus::blocked;  ///< held: the rest of the application goes on
};

/// Whether the ownership tags of an application that is ours are where a run left them. Somebody
/// who took them off may have taken off a hold, a restart that is due and the protection as well
/// (docs/ownership.md).
enum class OwnershipTags { present, lost };

/// Why nothing but a person starts or restarts the job (docs/contract.md#4 and #5): on hold, in
/// deletion quarantine, disabled after 28 days of quarantine (docs/graph.md#13.53), or standing
/// still when the ownership tags were taken off. `live`: nullptr where there is no job yet.
[[nodiscard]] std::optional<JobObstacle> job_obstacle(const model::DesiredApplication& desired,
                                                      const model::DesiredJob& job,
                                                      const model::LiveJob* live,
                                                      const std::vector<std::string>& live_tags,
                                                      OwnershipTags ownership);

/// SW5028: somebody deleted the service principal alone, which leaves the application object
/// (docs/graph.md#13.25).
[[nodiscard]] Refusal lost_principal(const std::string& application_id);

}  // namespace syncwright::plan
