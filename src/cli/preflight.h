#pragma once

#include "cli/connection.h"
#include "cli/session.h"
#include "syncwright/plan/plan.h"

namespace syncwright::cli {

/// Before the first write: whether the token's application roles allow what the plan does. Names
/// every feature that lacks one (ErrorKind::forbidden, exit 6). An opaque or a delegated token
/// cannot be judged and passes: directory roles decide there (docs/graph.md#5).
[[nodiscard]] Result<void> check_permissions(Session& session, Connection& connection,
                                             const Plan& plan);

}  // namespace syncwright::cli
