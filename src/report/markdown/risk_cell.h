#pragma once

#include <string>

#include "syncwright/plan/change.h"

namespace syncwright::markdown {

/// What a reviewer has to see of a risky change before anything is unfolded, as the end of a table
/// cell: its risks, and what becomes of the fields that carry them. Empty where there is none.
///   <br>**risk: expose**<br>`scope: assigned → all`
/// Of long values and of many fields the beginning; the fold beneath has all of them.
[[nodiscard]] std::string risk_cell(const Change& change);

}  // namespace syncwright::markdown
