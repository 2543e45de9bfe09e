#pragma once

#include <cstddef>
#include <string>

#include "report/application_group.h"
#include "report/markdown/markdown.h"
#include "syncwright/plan/drift.h"
#include "syncwright/plan/plan.h"
#include "syncwright/report/formats.h"

namespace syncwright::report {

/// A plan as a comment of a pull request, GitHub's Markdown: the environment and tenant, what it
/// comes to, plan, manifests, commit and time, the risks and the guards it is over; then each
/// application (many alike ones once, their differing values as a table) with its changes as a
/// table and their fields as a diff, to unfold unless they are risky; then health, orphans and
/// warnings. Foreign text is quoted so that it formats nothing, mentions nobody and links nowhere.
/// Where `limit` bytes do not hold all of it, details go before names: how much is left out is
/// said.
[[nodiscard]] std::string render_plan_markdown(const plan::Plan& plan,
                                               const Provenance& provenance = {},
                                               std::size_t limit = markdown::kCommentLimit);

/// The same of drift, with causes and edits; it neither risks anything nor has an id.
[[nodiscard]] std::string render_drift_markdown(const plan::Drift& drift,
                                                const Provenance& provenance = {},
                                                std::size_t limit = markdown::kCommentLimit);

}  // namespace syncwright::report

namespace syncwright::report::markdown {

/// An application's changes, or those of many alike: at length with every value, and shorter down
/// to a line that names every application and what is refused or at risk. What is risky is folded
/// away in none. `tells_cause`: of drift, which has causes and no verdict.
[[nodiscard]] Part part_of(const ApplicationGroup& group, bool tells_cause);

}  // namespace syncwright::report::markdown
