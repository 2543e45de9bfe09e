#pragma once

#include <string>

#include "cli/project.h"
#include "syncwright/operations/job_target.h"

namespace syncwright::cli {

/// The job of an application by the manifest's name. ErrorKind::invalid_input where the application
/// is not in the tenant, or more than one job could be meant.
[[nodiscard]] Result<HeldApplication> find_held(const LiveApplications& live,
                                                const Desired& desired,
                                                const std::string& application,
                                                const std::string& job);

/// The job of the one application that the run was narrowed to; ErrorKind::invalid_input where
/// there is none.
[[nodiscard]] Result<NamedJob> find_only_job(Session& session, const Project& project,
                                             const std::string& job);

}  // namespace syncwright::cli
