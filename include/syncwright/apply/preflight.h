#pragma once

#include <optional>

#include "syncwright/core/error.h"
#include "syncwright/graph_read/token_source.h"
#include "syncwright/plan/plan.h"

namespace syncwright {

/// Before the first write: whether the token's application roles allow what the plan does. Names
/// every feature that lacks one (ErrorKind::forbidden, exit 6). An opaque token (nullopt) or a
/// delegated one cannot be judged and passes: directory roles decide there (docs/graph.md#5).
[[nodiscard]] Result<void> check_permissions(const Plan& plan,
                                             const std::optional<TokenClaims>& claims);

}  // namespace syncwright
