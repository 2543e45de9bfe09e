#pragma once

#include <cstddef>
#include <string>

#include "syncwright/plan/drift.h"
#include "syncwright/plan/plan.h"

namespace syncwright {

/// GitHub refuses a comment of more than 65536 characters.
inline constexpr std::size_t kMarkdownLimit = 60'000;

/// A plan as a comment of a pull request, GitHub's Markdown: the environment and tenant, what it
/// comes to, the guards it is over, then each application (many equal ones once) with its changes
/// as a table and their fields as a diff to unfold, then health, orphans and warnings. Foreign text
/// is quoted so that it formats nothing, mentions nobody and links nowhere. Details that would not
/// fit in `limit` bytes are left out, and how many is said.
[[nodiscard]] std::string render_plan_markdown(const Plan& plan,
                                               std::size_t limit = kMarkdownLimit);

/// The same of drift, with causes and edits.
[[nodiscard]] std::string render_drift_markdown(const Drift& drift,
                                                std::size_t limit = kMarkdownLimit);

}  // namespace syncwright
