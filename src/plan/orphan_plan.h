#pragma once

#include <string>
#include <vector>

#include "syncwright/core/diagnostic.h"
#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/plan/plan.h"

namespace syncwright::plan {

/// What becomes of the applications that the project owns and no manifest names.
struct OrphanPlan {
  std::vector<Change> deletions;  ///< application.delete, sorted; not chained
  std::vector<PlanOrphan> left;   ///< sorted
};

/// `parts`: the applications of the manifests, planned. One that takes an orphan over under a new
/// name (`previously`) takes it off the list; as long as it has not come to that, what carries the
/// earlier name is not deleted. Nothing is deleted unless `prunes`, and nothing whose tag holds no
/// name that a manifest could have.
[[nodiscard]] OrphanPlan plan_orphans(const std::vector<model::Orphan>& orphans,
                                      const model::Desired& desired,
                                      const std::vector<ApplicationPlan>& parts,
                                      const PlanContext& context, bool prunes);

/// SW5040 (rename_hints.cpp): what is created beside what no manifest names any more may be that
/// very application under a new name, which nothing but `lifecycle.previously` tells. How certain
/// that is comes from the tenant: the same settings (kAppliedTag), the same display name, or the
/// same gallery application. `prunes`: this plan deletes the orphans.
[[nodiscard]] std::vector<Diagnostic> rename_hints(const model::Desired& desired,
                                                   const std::vector<ApplicationPlan>& parts,
                                                   const std::vector<model::Orphan>& orphans,
                                                   bool prunes);

}  // namespace syncwright::plan
