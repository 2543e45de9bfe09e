#pragma once

#include "apply/application_run.h"
#include "apply/steps/unique_name.h"

namespace syncwright {

/// Makes `run.reference` the one application of its name for all runs: gives it the unique name and
/// the real display name in one PATCH, waiting while it is young, and reads it back by id and by
/// key. Where another run was faster, the application that won is the run's afterwards, and ours is
/// deleted if, and only if, `run.made_here`: our own 201 named it (docs/contract.md#4, "Exactly
/// once"). `name` is what `follow_unique_name` found last.
[[nodiscard]] Result<void> claim(ApplicationRun& run, UniqueName name);

}  // namespace syncwright
