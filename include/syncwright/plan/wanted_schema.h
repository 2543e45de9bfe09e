#pragma once

#include <tl/expected.hpp>
#include <vector>

#include "syncwright/model/desired.h"
#include "syncwright/schema/overlay.h"

namespace syncwright {

/// What a PUT of a job's schema is to send (docs/architecture.md#decision-3): the manifest's whole
/// document, where it has one, made one of this job (rebase), and its customization laid over that;
/// else the customization laid over the live schema. Planner and executor ask this function, the
/// executor on the schema as it is just before the PUT and with the job's `functions` (overlay.h).
[[nodiscard]] tl::expected<SynchronizationSchema, std::vector<OverlayProblem>> wanted_schema(
    const DesiredJob& job, const SynchronizationSchema& live,
    const FunctionKeys* functions = nullptr);

}  // namespace syncwright
