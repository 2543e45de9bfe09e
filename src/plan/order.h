#pragma once

#include <string>
#include <vector>

#include "syncwright/plan/change.h"

namespace syncwright {

/// PRODUCT.md 5: a change's id follows from what it does and to what. `job` counts for job changes
/// only.
[[nodiscard]] std::string change_id(ChangeType type, const std::string& application,
                                    const std::string& job);

/// Sorts the changes of one application into the order they must run in, jobs of one step by key,
/// and lets each name the one before it in `after`.
void chain(std::vector<Change>& changes);

}  // namespace syncwright
