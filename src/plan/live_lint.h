#pragma once

#include <vector>

#include "syncwright/core/diagnostic.h"
#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"

namespace syncwright {

/// The attribute names of a job's mappings, held against the live schema, with the job's whole
/// document laid over it where it has one (SW3205 to SW3207): `validate` knows the gallery's
/// template at best. Warnings, since the tenant has the last word.
[[nodiscard]] std::vector<Diagnostic> lint_live_names(const DesiredJob& job, const LiveJob& live);

}  // namespace syncwright
