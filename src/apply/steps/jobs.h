#pragma once

#include <string>

#include "apply/application_run.h"

namespace syncwright::apply {

/// The jobs of the run's application: which live job a key of the manifest means, and the restart
/// that the application's tags remember.

/// The manifest's job of that key.
[[nodiscard]] const model::DesiredJob& desired_job(const ApplicationRun& run,
                                                   const std::string& key);

/// The live job that a manifest's key means, freshly read: by the id this run knows, else matched
/// among the listed ones. ErrorKind::stale where it is gone or cannot be told any more.
[[nodiscard]] Result<model::LiveJob> read_job(ApplicationRun& run, const std::string& key);

/// The id alone: no request where this run knows it.
[[nodiscard]] Result<std::string> job_id(ApplicationRun& run, const std::string& key);

/// What is waited for on that job. The target counts as young while the job or the application is.
/// After a lost answer it stays as it is, since there may be nothing to see.
[[nodiscard]] PollTarget job_target(const ApplicationRun& run, const std::string& key,
                                    PollTarget target);

/// A job through which the application's credentials can be tried: the first of the manifest's that
/// exists. ErrorKind::stale where there is none.
[[nodiscard]] Result<std::string> any_job(ApplicationRun& run);

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

}  // namespace syncwright::apply
