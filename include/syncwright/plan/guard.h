#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "syncwright/plan/plan.h"

namespace syncwright {

/// What the person or pipeline that applies a plan has said yes to.
struct Acknowledgements {
  std::optional<std::int64_t> max_deletes;        ///< --max-deletes N
  std::optional<std::int64_t> max_updates;        ///< --max-updates N
  std::optional<std::int64_t> allow_deprovision;  ///< --allow-deprovision N
  std::optional<std::int64_t> allow_expose;       ///< --allow-expose N
  bool allow_empty = false;                       ///< --allow-empty
  /// The plan was seen by somebody: it comes from a reviewed plan file, or was approved on the
  /// terminal. Lets the risks through, `deprovision` and `expose`, and nothing else.
  bool reviewed_plan = false;
};

/// The guards that stand between a plan and its apply: those of Plan::guards that nothing of
/// `given` lets through, and maxDeletes or maxUpdatesPercent where --max-deletes or --max-updates
/// is narrower than the project's own limit. Empty: apply may go on. Ask it of a plan that was made
/// just now: a saved plan's own `guards` come from outside. A guard that a setting opens
/// (maxAssignmentRemovals) is never acknowledged by a flag.
[[nodiscard]] std::vector<GuardVerdict> unacknowledged(const Plan& plan,
                                                       const Acknowledgements& given);

/// Whether `acknowledge` is a flag of apply; else it is a setting of the project.
[[nodiscard]] bool is_opened_by_flag(const GuardVerdict& verdict);

}  // namespace syncwright
