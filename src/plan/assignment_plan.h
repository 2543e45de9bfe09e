#pragma once

#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/plan/plan.h"

namespace syncwright {

/// Adds assignment.add and assignment.remove; nothing where the manifest has no `assignments`.
/// `live`: nullptr where the application does not exist yet; its roles are not known then, and the
/// adds are provisional.
void plan_assignments(const DesiredApplication& desired, const LiveApplication* live,
                      const Findings& findings, ApplicationPlan& plan);

}  // namespace syncwright
