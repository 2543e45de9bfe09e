#pragma once

#include <string>

#include "apply/application_run.h"

namespace syncwright {

/// What goes with a job or an application (docs/graph.md#5.5), read and kept in the backup before
/// it does. What is not there needs no keeping; what cannot be read for another reason keeps the
/// run from deleting it.

/// The schema of one job, under `name`.
[[nodiscard]] Result<void> keep_schema(ApplicationRun& run, const std::string& name,
                                       const std::string& job_id);

/// The schemas of all jobs, the secrets (masked) and who is assigned; in a folder of the
/// application's name and its service principal's id, since several may have one name.
[[nodiscard]] Result<void> keep_application(ApplicationRun& run);

}  // namespace syncwright
