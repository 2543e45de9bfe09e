#pragma once

#include <string>
#include <string_view>

#include "syncwright/core/error.h"
#include "syncwright/core/json.h"
#include "syncwright/model/desired.h"
#include "syncwright/plan/plan.h"

namespace syncwright {

inline constexpr int kPlanFormatVersion = 1;

/// The document of `--format json` (schemas/plan.schema.json).
[[nodiscard]] Json to_json(const Plan& plan);

/// The file of `plan --out`: the same plus `desired`, which makes it self-contained.
struct PlanFile {
  Plan plan;
  Desired desired;
};
[[nodiscard]] std::string write_plan_file(const PlanFile& file);
/// Refuses another format version, a digest that is not its `desired`'s, anything of a wrong shape
/// and what contradicts itself: ErrorKind::invalid_input.
[[nodiscard]] Result<PlanFile> read_plan_file(std::string_view text);

}  // namespace syncwright
