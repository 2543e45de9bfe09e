#pragma once

#include <string>
#include <vector>

#include "syncwright/plan/change.h"

namespace syncwright {

/// docs/contract.md#5: a change's id follows from what it does and to what: from its type,
/// application and job, of an assignment from its principal (the id, or the manifest's text where
/// it cannot be told) and role.
[[nodiscard]] std::string change_id(const Change& change);

/// Sorts the changes of one application into the order they must run in, those of one step by job,
/// then id, and lets each name the one before it in `after`.
void chain(std::vector<Change>& changes);

}  // namespace syncwright
