#pragma once

#include <string>

#include "apply/application_run.h"

namespace syncwright {

/// A scope that went from all to assigned counts after a restart of every job that ran before. The
/// tag kPendingRestartTag keeps that until the restart is done, whoever does it: a job may stay
/// paused by its manifest or by an operator's hold, no manifest may name it, or this run may be
/// killed.

/// Before such a scope is saved: writes the tag, unless none of the application's jobs ever ran.
[[nodiscard]] Result<void> mark_pending_restarts(ApplicationRun& run);

/// After the restart of that job: the tag goes, or is left for the other jobs that still wait, each
/// by its id.
[[nodiscard]] Result<void> clear_pending_restart(ApplicationRun& run, const std::string& key);

/// After a job's deletion: nothing waits for its restart any more, so that the tag is not taken for
/// that of a job made later.
[[nodiscard]] Result<void> drop_pending_restart(ApplicationRun& run,
                                                const std::string& deleted_job);

}  // namespace syncwright
