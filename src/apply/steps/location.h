#pragma once

#include <optional>
#include <string>

#include "apply/application_run.h"

namespace syncwright {

/// The service principal of an application, waited for while the application is young; nullopt
/// where it will not come: it is among the deleted ones, or the application is old and has none.
[[nodiscard]] Result<std::optional<GraphReader::ServicePrincipal>> await_principal(
    ApplicationRun& run, const std::string& app_id, std::optional<Instant> born);

}  // namespace syncwright
