#pragma once

#include "plan/credentials_plan.h"
#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/plan/held_back.h"
#include "syncwright/plan/plan.h"

namespace syncwright {

/// Adds what every job of an application that does not exist yet needs: create, schema, start.
void plan_new_jobs(const DesiredApplication& desired, ApplicationPlan& plan);

/// A plan that is not complete prunes nothing: its jobs that are to go are listed, not deleted.
void leave_absent_jobs(ApplicationPlan& plan);

/// Adds the job changes of an application that is there, and the health of its jobs: of those that
/// match, of those that no manifest names, and of those that are to go. `credentials`: what this
/// plan does to them, since that decides about restarts.
void plan_live_jobs(const DesiredApplication& desired, const LiveApplication& live,
                    OwnershipTags ownership, const CredentialsPlan& credentials,
                    const PlanContext& context, ApplicationPlan& plan);

}  // namespace syncwright
