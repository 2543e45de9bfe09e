#pragma once

#include <optional>
#include <string>

#include "cli/applying.h"
#include "syncwright/plan/plan.h"
#include "syncwright/plan/review.h"

namespace syncwright::cli {

/// What the command line asks to apply, before anything is read from the tenant.
struct Intent {
  model::Desired desired;
  std::optional<plan::Plan> reviewed;  ///< with --plan: what was reviewed
  /// With --plan: the project's severities are known where its manifests are at hand.
  plan::ReviewedFindings findings = plan::ReviewedFindings::left_out;
  bool is_as_written = true;  ///< false: the plan file was edited after it was written
};

/// The manifests, or the plan file held against them and against -e. What failed was printed: its
/// exit code.
[[nodiscard]] tl::expected<Intent, ExitCode> read_intent(Session& session, const ApplyFlags& flags);

/// The command that makes anew what --plan names, in backquotes. `plan`: what it says.
[[nodiscard]] std::string plan_command(const ApplyFlags& flags, const plan::Plan& plan);

/// The advice to do that, with this run's flags.
[[nodiscard]] std::string plan_again(const Session& session, const ApplyFlags& flags,
                                     const plan::Plan& plan);

}  // namespace syncwright::cli
