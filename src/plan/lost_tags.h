#pragma once

#include <vector>

#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/model/ownership.h"
#include "syncwright/plan/change.h"
#include "syncwright/plan/job_obstacle.h"

namespace syncwright::plan {

/// What it means that an application which is ours by its unique name lacks the ownership tags:
/// either a run was killed between the claim and the tags, or somebody took them off, and whatever
/// else the tags said with them (docs/contract.md#4, docs/ownership.md).

/// Whether somebody took the ownership tags off for certain: no run comes to jobs or to other tags
/// of its own before they are there, but for one that took over what had jobs.
[[nodiscard]] bool has_lost_tags(const model::DesiredApplication& desired,
                                 const model::LiveApplication& live, const model::Owner& owner);

/// The same, with doubt counted as loss: a killed taking over and removed tags look alike. A killed
/// creation is told from both by its pending display name, or by having no job yet that could stand
/// still.
[[nodiscard]] OwnershipTags ownership_of_claimed(const model::LiveApplication& live,
                                                 const model::Owner& owner);

/// Whether the job may wait for a restart that a removed tag called for (docs/graph.md#13.19):
/// nothing tells when the scope became what it is.
[[nodiscard]] bool may_await_restart(const model::DesiredApplication& desired,
                                     const model::LiveJob& live);

/// Puts into the "tags" of application.update what the removed tags may have said: a hold where
/// `changes` hold a job back for it, restarts that may be due, the protection unless the manifest
/// speaks of it.
void restore_lost_tags(const model::DesiredApplication& desired, const model::LiveApplication& live,
                       const model::Owner& owner, const std::vector<Change>& changes,
                       std::vector<schema::FieldChange>& fields);

}  // namespace syncwright::plan
