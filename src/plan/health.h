#pragma once

#include <string>
#include <vector>

#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/plan/plan.h"

namespace syncwright {

/// How one live job fares: quarantine, expired, failing, entry-errors, and paused where the
/// manifest leaves the state alone. Empty where all is well. `saves_credentials`: the plan does it
/// anyway, so that nobody need be told to.
[[nodiscard]] std::vector<Health> health_of(const DesiredApplication& desired,
                                            const DesiredJob& job, const LiveJob& live,
                                            bool saves_credentials);

}  // namespace syncwright
