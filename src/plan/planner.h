#pragma once

#include <vector>

#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/plan/change.h"
#include "syncwright/plan/credentials.h"
#include "syncwright/plan/job_obstacle.h"
#include "syncwright/plan/plan.h"

namespace syncwright::plan {

/// The parts of planning one application (plan_application, planner.cpp), one for each subject of
/// its changes, each in a source of its own: assignment_plan.cpp, credentials_plan.cpp,
/// job_plan.cpp.

/// Adds assignment.add and assignment.remove; nothing where the manifest has no `assignments`.
/// `live`: nullptr where the application does not exist yet; its roles are not known then, and the
/// adds are provisional.
void plan_assignments(const model::DesiredApplication& desired, const model::LiveApplication* live,
                      const model::Findings& findings, ApplicationPlan& plan);

/// credentials.validate and credentials.save of one application, with what they are going to do.
struct CredentialsPlan {
  std::vector<Change> changes;
  SecretsTarget target;
};

/// `live`: nullptr where the application does not exist yet.
[[nodiscard]] CredentialsPlan plan_credentials(const model::DesiredApplication& desired,
                                               const model::LiveApplication* live,
                                               model::SecretsPut mode);

/// Adds what every job of an application that does not exist yet needs: create, schema, start.
void plan_new_jobs(const model::DesiredApplication& desired, ApplicationPlan& plan);

/// A plan that is not complete prunes nothing: its jobs that are to go are listed, not deleted.
void leave_absent_jobs(ApplicationPlan& plan);

/// Adds the job changes of an application that is there, and the health of its jobs: of those that
/// match, of those that no manifest names, and of those that are to go. `credentials`: what this
/// plan does to them, since that decides about restarts.
void plan_live_jobs(const model::DesiredApplication& desired, const model::LiveApplication& live,
                    OwnershipTags ownership, const CredentialsPlan& credentials,
                    const PlanContext& context, ApplicationPlan& plan);

/// Adds the health of the jobs that match alone: of an application that is ours, and refused.
void tell_health(const model::DesiredApplication& desired, const model::LiveApplication& live,
                 ApplicationPlan& plan);

}  // namespace syncwright::plan
