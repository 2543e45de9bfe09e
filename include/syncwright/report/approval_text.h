#pragma once

#include <string>

#include "syncwright/plan/plan.h"
#include "syncwright/report/style.h"

namespace syncwright {

/// What a person is asked before `plan` is carried out: where, how much, over which guards, and
/// whether. The plan itself may have scrolled away by then, and another terminal may be another
/// tenant's. Without a line feed at the end.
[[nodiscard]] std::string approval_question(const Plan& plan, const Style& style);

}  // namespace syncwright
