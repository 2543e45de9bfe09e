#pragma once

#include <string>

#include "syncwright/plan/plan_file.h"

namespace syncwright {

/// What a plan file says twice and not alike, so that somebody edited it: its head and its
/// `desired`, its summary and its changes, a change's fields and its basis. Empty where there is
/// nothing of that kind; whether the tenant agrees only a new plan tells (review.h).
[[nodiscard]] std::string contradiction_of(const PlanFile& file);

}  // namespace syncwright
