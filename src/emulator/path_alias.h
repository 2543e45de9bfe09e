#pragma once

#include <optional>

#include "emulator/exchange.h"

namespace syncwright::emulator {

/// Paths that stand for others, for a call whose route is found: `me/...` for `users/{caller}/...`,
/// and `applications/{id}/synchronization/jobs...` for the jobs of the application's service
/// principal. Rewrites the call's segments and parameters, so that one handler answers both. The
/// refusal where nobody is signed in. An application that has no service principal stays: its
/// handlers find none of its id.
[[nodiscard]] std::optional<Reply> resolve_path_alias(const Store& store, Call& call);

}  // namespace syncwright::emulator
