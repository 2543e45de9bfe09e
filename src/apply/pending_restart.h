#pragma once

#include <string>

#include "application_run.h"

namespace syncwright {

/// A scope that went from all to assigned counts after a restart of every job that ran before. The
/// tag kPendingRestartTag keeps that until the restart is done, whoever does it: a job may stay
/// paused by its manifest or by an operator's hold, or this run may be killed.

/// Before such a scope is saved: writes the tag, unless none of the manifest's jobs ever ran.
[[nodiscard]] Result<void> mark_pending_restarts(ApplicationRun& run);

/// After the restart of that job: the tag goes, or is left for the other jobs that still wait, each
/// by its id.
[[nodiscard]] Result<void> clear_pending_restart(ApplicationRun& run, const std::string& key);

}  // namespace syncwright
