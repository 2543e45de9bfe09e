#pragma once

#include <string>

#include "apply/application_run.h"

namespace syncwright {

/// The manifest's job of that key.
[[nodiscard]] const DesiredJob& desired_job(const ApplicationRun& run, const std::string& key);

/// The live job that a manifest's key means, freshly read: by the id this run knows, else matched
/// among the listed ones. ErrorKind::stale where it is gone or cannot be told any more.
[[nodiscard]] Result<LiveJob> read_job(ApplicationRun& run, const std::string& key);

/// The id alone: no request where this run knows it.
[[nodiscard]] Result<std::string> job_id(ApplicationRun& run, const std::string& key);

/// What is waited for on that job: as young as the job, or the application, whichever is younger.
/// After a lost answer it stays as it is: there may be nothing to see.
[[nodiscard]] Subject job_subject(const ApplicationRun& run, const std::string& key,
                                  Subject subject);

/// A job through which the application's credentials can be tried: the first of the manifest's that
/// exists. ErrorKind::stale where there is none.
[[nodiscard]] Result<std::string> any_job(ApplicationRun& run);

}  // namespace syncwright
