#pragma once

#include <optional>
#include <string>
#include <vector>

#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/plan/plan.h"

namespace syncwright::plan {

/// What becomes of a live application that does not carry this application's tags yet
/// (`lifecycle.adopt`, `lifecycle.previously`).
struct Adoption {
  /// The one that is taken over, or that a refusal is about; nullptr: none.
  const model::LiveApplication* live = nullptr;
  std::string reason;
  std::optional<Refusal> refusal;  ///< it is not taken over, and nothing is created either
};

/// For an application that nothing in the tenant claims to be. Neither `live` nor `refusal`: it is
/// created.
[[nodiscard]] Adoption choose_adoption(const model::DesiredApplication& desired,
                                       const model::Findings& findings, const PlanContext& context);

/// One application has one manifest: where several take over the same live application, none does,
/// and each of them is one refusal that names the others.
void refuse_contested(std::vector<ApplicationPlan>& parts);

/// Why the live application is this one, though its tags name another: it carries a name of
/// `lifecycle.previously`, or belongs to an earlier name of the project, or both. nullopt where it
/// is not.
[[nodiscard]] std::optional<std::string> rename_reason(const model::DesiredApplication& desired,
                                                       const model::LiveApplication& live,
                                                       const model::Owner& owner);

/// Whether the live application carries the tag of another application of this project, under its
/// name or an earlier one, that `lifecycle.previously` does not name.
[[nodiscard]] std::optional<std::string> other_application(const model::DesiredApplication& desired,
                                                           const model::LiveApplication& live,
                                                           const model::Owner& owner);

}  // namespace syncwright::plan
