#pragma once

#include <string>
#include <vector>

#include "cli/connection.h"
#include "cli/intent.h"

namespace syncwright::cli {

/// A plan that may be carried out. Made just now, also with --plan: what a file says is compared
/// with it and counts for nothing else.
struct Approval {
  plan::Plan plan;
  model::Desired desired;
  plan::Changes left_out;  ///< of the applications that --skip-blocked leaves out
};

/// Plans, shows or compares, asks the guards and the person (docs/contract.md#4, #5). Nothing is
/// written where it ends with an exit code; why was printed.
[[nodiscard]] tl::expected<Approval, ExitCode> approve(Session& session, Connection& connection,
                                                       const ApplyFlags& flags, Intent intent);

}  // namespace syncwright::cli
