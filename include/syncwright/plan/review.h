#pragma once

#include <string>
#include <vector>

#include "syncwright/plan/plan.h"

namespace syncwright::plan {

/// What was reviewed is what is done (docs/contract.md#5): a saved plan is carried out only where a
/// plan of the same manifests made now says the same.

/// What a run without the manifests cannot tell: how severe the project calls a finding.
enum class ReviewedFindings { compared, left_out };

/// One place in which a reviewed plan and a fresh one differ.
struct Difference {
  std::string application;  ///< empty: of the plan as a whole
  std::string what;  ///< "summary.update", "app/credentials: fields.0.after", "app/update: not
                     ///< reviewed"
};

/// Where the two plans differ in what `show` prints. Not compared are the time; health
/// and its messages, which change while a job runs; and places in the manifests, which a plan file
/// does not keep (so that the message of the guard emptySet, which lists them, is not either). Of a
/// live state that could not be read the message holds the id of a request: the code counts.
[[nodiscard]] std::vector<Difference> review_differences(const Plan& reviewed, const Plan& fresh,
                                                         ReviewedFindings findings);

/// The manifests of a plan file have no places, and no plan made of them has: those that were
/// planned become the places of its changes.
void take_places(const Plan& reviewed, Plan& fresh);

}  // namespace syncwright::plan
