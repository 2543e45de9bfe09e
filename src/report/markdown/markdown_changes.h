#pragma once

#include "report/application_group.h"
#include "report/markdown/markdown_comment.h"

namespace syncwright::markdown {

/// An application's changes, or those of many alike: at length with every value, and shorter down
/// to a line that names every application and what is refused or at risk. What is risky is folded
/// away in none. `tells_cause`: of drift, which knows causes and wills nothing.
[[nodiscard]] Part part_of(const ApplicationGroup& group, bool tells_cause);

}  // namespace syncwright::markdown
