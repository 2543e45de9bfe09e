#pragma once

#include <tl/expected.hpp>
#include <vector>

#include "syncwright/model/desired.h"
#include "syncwright/schema/overlay.h"

namespace syncwright::plan {

/// What a PUT of a job's schema is to send (docs/architecture.md#decision-3): the manifest's whole
/// document, where it has one, made one of this job (rebase), and its customization laid over that;
/// else the customization laid over the live schema. Planner and executor ask this function, the
/// executor on the schema as it is just before the PUT and with the job's `functions` (overlay.h).
[[nodiscard]] tl::expected<schema::SynchronizationSchema, std::vector<schema::OverlayProblem>>
wanted_schema(const model::DesiredJob& job, const schema::SynchronizationSchema& live,
              const expression::FunctionKeys* functions = nullptr);

}  // namespace syncwright::plan
