#pragma once

#include <vector>

#include "syncwright/core/diagnostic.h"
#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/plan/plan.h"

namespace syncwright {

/// SW5040: what is created beside what no manifest names any more may be that very application
/// under a new name, which nothing but `lifecycle.previously` tells. How certain that is comes from
/// the tenant: the same settings (kAppliedTag), the same display name, or the same gallery
/// application. `prunes`: this plan deletes the orphans.
[[nodiscard]] std::vector<Diagnostic> rename_hints(const Desired& desired,
                                                   const std::vector<ApplicationPlan>& parts,
                                                   const std::vector<Orphan>& orphans, bool prunes);

}  // namespace syncwright
