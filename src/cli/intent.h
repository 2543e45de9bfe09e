#pragma once

#include <string>

#include "cli/applying.h"
#include "cli/approval.h"

namespace syncwright::cli {

/// The plan file of --plan, held against the command line and the manifests at hand. What failed
/// was printed: its exit code.
[[nodiscard]] tl::expected<Intent, ExitCode> read_saved_intent(Session& session,
                                                               const ApplyFlags& flags);

/// The command that makes anew what --plan names. `plan`: what it says.
[[nodiscard]] std::string made_again(const ApplyFlags& flags, const Plan& plan);

/// The advice to do that, with this run's flags.
[[nodiscard]] std::string plan_again(const Session& session, const ApplyFlags& flags,
                                     const Plan& plan);

}  // namespace syncwright::cli
