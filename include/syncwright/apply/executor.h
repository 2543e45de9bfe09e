#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "syncwright/apply/poll.h"
#include "syncwright/core/clock.h"
#include "syncwright/core/environment.h"
#include "syncwright/core/error.h"
#include "syncwright/graph_read/connection.h"
#include "syncwright/graph_read/token_source.h"
#include "syncwright/model/desired.h"
#include "syncwright/plan/apply_report.h"
#include "syncwright/plan/plan.h"

namespace syncwright::apply {

/// How a plan is applied.
struct ApplyOptions {
  int parallelism = 32;           ///< requests in flight; twice as many applications are under way
  std::filesystem::path root;     ///< the project's: secret files are relative to it
  std::filesystem::path journal;  ///< JSON lines, appended
  std::filesystem::path backup;   ///< folder; made when the first backup is written
  Milliseconds wait_deadline = kWaitDeadline;  ///< how long a young object is waited for
  Milliseconds youth = model::kSettleWindow;  ///< an object is young for so long after its creation
};

/// The doors to the outside that an apply uses. All outlive it.
struct ApplyWorld {
  graph_read::GraphConnection& graph;
  const Environment& environment;
  Clock& clock;
  plan::ApplyListener& listener;
};

/// Carries out a plan without refusals; held changes are left out. Applications are independent;
/// inside one, changes run strictly one after another and a failure skips the rest
/// (docs/architecture.md#decision-6). Every write is journalled before and after, preceded by a
/// check of its basis and followed by a read-back. Resolves every secret reference that the plan
/// needs before the first write: ErrorKind::invalid_input then, and nothing is written. A stop
/// request lets requests in flight finish, starts nothing more, and names what is unfinished.
[[nodiscard]] Result<plan::ApplyReport> apply_plan(const plan::Plan& plan,
                                                   const model::Desired& desired,
                                                   const ApplyWorld& world,
                                                   const ApplyOptions& options,
                                                   std::stop_token stop);

/// Before the first write: whether the token's application roles allow what the plan does. Names
/// every feature that lacks one (ErrorKind::forbidden, exit 6). An opaque token (nullopt) or a
/// delegated one cannot be judged and passes: directory roles decide there (docs/graph.md#5).
[[nodiscard]] Result<void> check_permissions(const plan::Plan& plan,
                                             const std::optional<graph_read::TokenClaims>& claims);

}  // namespace syncwright::apply
