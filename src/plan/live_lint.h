#pragma once

#include "syncwright/core/diagnostic.h"
#include "syncwright/core/diagnostic_catalog.h"
#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"

namespace syncwright {

/// What only the live schema tells of a job's mappings, with the job's whole document laid over it
/// where it has one: attribute names that it lacks, filters that do not fit an attribute's type,
/// priorities in use (SW32xx). `validate` knows the gallery's template at best. Warnings, since
/// the tenant has the last word, unless the project says otherwise.
[[nodiscard]] Diagnostics lint_live_schema(const DesiredJob& job, const LiveJob& live,
                                           const Severities& severities);

}  // namespace syncwright
