#pragma once

#include "syncwright/core/error.h"
#include "syncwright/core/json.h"
#include "syncwright/plan/plan.h"

namespace syncwright {

/// A plan out of the document that to_json(Plan) makes; anything else is ErrorKind::invalid_input
/// with the place named. Total; says nothing about whether the plan makes sense (plan_file.cpp
/// does).
[[nodiscard]] Result<Plan> decode_plan(const Json& document);

}  // namespace syncwright
