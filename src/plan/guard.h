#pragma once

#include <cstdint>
#include <vector>

#include "syncwright/model/desired.h"
#include "syncwright/plan/approval.h"
#include "syncwright/plan/plan.h"

namespace syncwright::plan {

/// The guards that a plan is over (docs/contract.md#3), sorted by name. `parts`: the applications
/// of the manifests with their changes; `deletions`: of orphans. Only planned changes count: what
/// is blocked or held is not carried out.
[[nodiscard]] std::vector<GuardVerdict> guard_verdicts(const model::Desired& desired,
                                                       const std::vector<ApplicationPlan>& parts,
                                                       const std::vector<Change>& deletions);

/// The existing applications that are updated: what maxUpdatesPercent and --max-updates count.
[[nodiscard]] std::int64_t count_updates(const std::vector<ApplicationPlan>& parts);

/// The guards that stand between a plan and its apply: those of Plan::guards that nothing of
/// `given` lets through, and maxDeletes or maxUpdatesPercent where --max-deletes or --max-updates
/// is narrower than the project's own limit. Empty: apply may go on. Ask it of a plan that was made
/// just now: a saved plan's own `guards` come from outside. A guard that a setting opens
/// (maxAssignmentRemovals) is never acknowledged by a flag.
[[nodiscard]] std::vector<GuardVerdict> unmet_guards(const Plan& plan,
                                                     const Acknowledgements& given);

}  // namespace syncwright::plan
