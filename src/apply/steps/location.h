#pragma once

#include <optional>
#include <string>

#include "apply/application_run.h"

namespace syncwright::apply {

/// Which live application a run is about. A plan names applications by the manifest's name; the
/// ids are looked up again where the plan is not fresh, since another run may have been faster.

/// Learns the ids of the application that a plan found: by unique name, else by this project's
/// tags. Waits for its service principal while it is young. ErrorKind::stale where it is gone or
/// not alone.
[[nodiscard]] Result<void> locate(ApplicationRun& run);

/// Starts from where the plan found it; false where the plan is not fresh, or the application so
/// young that a look has to tell what is deleted from what does not show yet.
[[nodiscard]] bool take_planned(ApplicationRun& run);

/// Makes `found` the run's application and reads what is missing: its other half and its age.
[[nodiscard]] Result<void> learn(ApplicationRun& run, const model::LiveReference& found);

/// The service principal of an application, waited for while the application is young; nullopt
/// where it will not come: it is among the deleted ones, or the application is old and has none.
[[nodiscard]] Result<std::optional<graph_read::GraphReader::ServicePrincipal>> await_principal(
    const ApplicationRun& run, const std::string& app_id, std::optional<Instant> born);

}  // namespace syncwright::apply
