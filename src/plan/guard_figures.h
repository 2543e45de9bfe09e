#pragma once

#include <cstdint>
#include <vector>

#include "syncwright/model/desired.h"
#include "syncwright/plan/plan.h"

namespace syncwright {

/// The guards that a plan is over (docs/contract.md#3), sorted by name. `parts`: the applications
/// of the manifests with their changes; `deletions`: of orphans. Only planned changes count: what
/// is blocked or held is not carried out.
[[nodiscard]] std::vector<GuardVerdict> guard_verdicts(const Desired& desired,
                                                       const std::vector<ApplicationPlan>& parts,
                                                       const std::vector<Change>& deletions);

/// The existing applications that are updated: what maxUpdatesPercent and --max-updates count.
[[nodiscard]] std::int64_t count_updates(const std::vector<ApplicationPlan>& parts);

}  // namespace syncwright
