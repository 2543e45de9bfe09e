#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/applying.h"
#include "cli/connection.h"
#include "syncwright/plan/approval.h"
#include "syncwright/plan/review.h"

namespace syncwright::cli {

/// What the command line asks to apply, before anything is read from the tenant.
struct Intent {
  Desired desired;
  std::optional<Plan> reviewed;  ///< with --plan: what was reviewed
  /// With --plan: the project's severities are known where its manifests are at hand.
  ReviewedFindings findings = ReviewedFindings::left_out;
  bool is_as_written = true;  ///< false: the plan file was edited after it was written
};

/// A plan that may be carried out. Made just now, also with --plan: what a file says is compared
/// with it and counts for nothing else.
struct Approval {
  Plan plan;
  Desired desired;
  std::vector<std::string> left_out;  ///< applications, by --skip-blocked
};

/// The manifests, or the plan file held against them and against -e. What failed was printed: its
/// exit code.
[[nodiscard]] tl::expected<Intent, ExitCode> read_intent(Session& session, const ApplyFlags& flags);

/// Plans, shows or compares, asks the guards and the person (docs/contract.md#4, #5). Nothing is
/// written where it ends with an exit code; why was printed.
[[nodiscard]] tl::expected<Approval, ExitCode> approve(Session& session, Connection& connection,
                                                       const ApplyFlags& flags, Intent intent);

}  // namespace syncwright::cli
