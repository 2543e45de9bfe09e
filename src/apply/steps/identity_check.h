#pragma once

#include <string>

#include "apply/application_run.h"
#include "syncwright/plan/change.h"

namespace syncwright {

/// Whether both names and the tags are what application.update or application.adopt was planned on.
/// `application_name`: of the application object, as it was before this run; empty where it is not
/// in this tenant.
[[nodiscard]] Result<void> check_identity(const ApplicationRun& run, const Change& change,
                                          const GraphReader::ServicePrincipal& principal,
                                          const std::string& application_name);

}  // namespace syncwright
