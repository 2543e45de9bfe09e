#pragma once

#include <optional>
#include <string>
#include <vector>

#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/model/ownership.h"
#include "syncwright/plan/change.h"

namespace syncwright {

/// The digest of what a change replaces: of the `before` of its fields, by path. Never of versions,
/// status or progress, so that a running job does not make a plan stale.
[[nodiscard]] std::string basis_of(const std::vector<FieldChange>& fields);

/// What application.update changes of a live application: "displayName" and "tags" (the owner's two
/// tags, as far as they are there; foreign tags do not count). Empty where nothing differs. Planner
/// and executor ask the same function, as they do for credentials (secrets_target) and schemas
/// (overlay, diff).
[[nodiscard]] std::vector<FieldChange> identity_fields(const DesiredApplication& desired,
                                                       const Owner& owner,
                                                       const std::string& live_display_name,
                                                       const std::vector<std::string>& live_tags);

/// What job.start and job.pause change: "state" from the one to the other. Empty where the job is
/// so.
[[nodiscard]] std::vector<FieldChange> state_fields(const LiveJob& live, JobState wanted);

/// The ids of changes that are in one plan only, or in both with another basis or status: what made
/// a saved plan stale. `fresh` is a plan of the same manifests just made.
[[nodiscard]] std::vector<std::string> stale_changes(const std::vector<Change>& saved,
                                                     const std::vector<Change>& fresh);

}  // namespace syncwright
