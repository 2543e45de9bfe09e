#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/model/desired.h"
#include "syncwright/plan/plan.h"

namespace syncwright::plan {

/// What stands between a plan and its apply (docs/contract.md#4, #5). Values only: who asks the
/// person, and in which words, is not decided here.

/// What a person answers to approve a plan; everything else declines it.
inline constexpr std::string_view kApprovingAnswer = "yes";

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

/// What whoever applies a plan has said yes to.
struct Consent {
  Acknowledgements acknowledged;
  bool skip_blocked = false;  ///< --skip-blocked: refused changes leave their applications out
};

/// The first thing that stands against carrying a plan out.
enum class Obstacle {
  none,
  unreadable,  ///< Plan::unreadable: what is live is not known
  refusals,    ///< of single changes
  guards,      ///< of the plan as a whole
};

/// What judge_plan says of a plan.
struct ApprovalVerdict {
  Obstacle obstacle = Obstacle::none;
  /// All changes of the applications with a refused one, in the plan's order. Consent leaves them
  /// out; without it they are what stands against the plan.
  Changes left_out;
  /// Guards that nothing lets through, of `rest`. Where refusals are the obstacle, these would
  /// stand behind them.
  std::vector<GuardVerdict> guards;
  Plan rest;  ///< without `left_out`: what is carried out where there is no obstacle
};
[[nodiscard]] ApprovalVerdict judge_plan(Plan plan, const Consent& consent);

/// Whether `acknowledge` is a flag of apply; else it is a setting of the project.
[[nodiscard]] bool is_opened_by_flag(const GuardVerdict& verdict);

/// Whether there is anything to carry out: held changes wait for a person.
[[nodiscard]] bool has_work(const Plan& plan);

/// Whether the plan was made with --prune, so that one made to be compared with it must be.
[[nodiscard]] bool prunes(const Plan& plan);

/// What of the manifests a saved plan is held against: its `planned` may be a part of the project
/// (PATH, --only, --selector), and is compared with the same part of the manifests. A PATH beside
/// --plan only says where they are.
[[nodiscard]] model::Desired comparable_part(model::Desired manifests,
                                             const model::Desired& planned);

}  // namespace syncwright::plan
