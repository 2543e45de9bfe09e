#pragma once

#include <vector>

#include "syncwright/core/error.h"
#include "syncwright/plan/change.h"

namespace syncwright {

/// The check just before a write: whether what the change replaces, as it was just read, is what
/// the plan was made on. `fresh` comes from the function that the planner called (identity_fields,
/// state_fields, secrets_target, diff). ErrorKind::stale names what differs now; a change without a
/// basis passes.
[[nodiscard]] Result<void> check_basis(const Change& change, const std::vector<FieldChange>& fresh);

}  // namespace syncwright
