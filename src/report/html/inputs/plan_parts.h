#pragma once

#include <vector>

#include "syncwright/report/page_inputs.h"

namespace syncwright::report::html {

/// What the pages of plan, drift and apply make of a plan.

/// A step; attribute mappings that differ go into the tables of the card.
[[nodiscard]] PageStep step_of(const plan::Change& change,
                               std::vector<PageObjectMapping>& mappings);

/// Everything of a plan but the verdict, the states of the cards and the health of jobs, which each
/// command judges in its own way. `orphans`: how much an orphan counts.
[[nodiscard]] PageInput page_with_plan(const char* command, const plan::Plan& plan,
                                       const PageFacts& facts,
                                       PageState orphans = PageState::attention);

}  // namespace syncwright::report::html
