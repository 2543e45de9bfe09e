#pragma once

#include <string>
#include <vector>

#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/plan/plan.h"

namespace syncwright {

/// Whether the engine has put the job aside (API.md 8.2).
[[nodiscard]] bool is_quarantined(const LiveJob& job);
/// Whether it did so because a cycle was about to delete too many objects: a person decides then.
[[nodiscard]] bool is_deletion_quarantine(const LiveJob& job);

/// How one live job fares: quarantine, expired, failing, entry-errors, and paused where the
/// manifest leaves the state alone. Empty where all is well.
[[nodiscard]] std::vector<Health> health_of(const DesiredApplication& desired,
                                            const DesiredJob& job, const LiveJob& live);

}  // namespace syncwright
