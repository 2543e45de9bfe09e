#pragma once

#include <optional>

#include "emulator/exchange.h"

/// Paths that stand for others, so that one handler answers both.
namespace syncwright::emulator {

/// `applications/{id}/synchronization/jobs...` stands for the same below the application's service
/// principal: rewrites the call's segments before its route is looked for. The refusal where the
/// call sees no such application, or it has no service principal.
[[nodiscard]] std::optional<Reply> resolve_jobs_of_application(const Store& store, Call& call);

/// `me/...` stands for `users/{caller}/...`: rewrites segments and parameters of a call whose route
/// is found, since the routes of `me` ask for permissions of their own. The refusal where an
/// application acts on its own.
[[nodiscard]] std::optional<Reply> resolve_me(Call& call);

}  // namespace syncwright::emulator
