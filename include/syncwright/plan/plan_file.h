#pragma once

#include <string>
#include <string_view>

#include "syncwright/core/error.h"
#include "syncwright/core/streamed_object.h"
#include "syncwright/model/desired.h"
#include "syncwright/plan/plan.h"

namespace syncwright::plan {

inline constexpr int kPlanFormatVersion = 1;

/// The document of `--format json` (schemas/plan.schema.json). Refers to the plan.
[[nodiscard]] StreamedObject document_of(const Plan& plan);

/// The file of `plan --out`: the same plus `desired`, which makes it self-contained.
struct PlanFile {
  Plan plan;
  model::Desired desired;
  bool is_as_written = true;  ///< false: somebody edited the file that this was read from
};
[[nodiscard]] StreamedObject document_of(const PlanFile& file);
/// What tells two plans apart that are not equal: the `digest` of the file, whenever it was made.
[[nodiscard]] std::string plan_digest(const PlanFile& file);
/// An edit that leaves a file that could have been written is `is_as_written` alone: who carries a
/// plan out looks at it last, since what the edit was about may be told better. Refuses another
/// format version, a digest that is not its `desired`'s, anything of a wrong shape and what
/// contradicts itself: ErrorKind::invalid_input.
[[nodiscard]] Result<PlanFile> read_plan_file(std::string_view text);

}  // namespace syncwright::plan
