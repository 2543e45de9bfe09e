#pragma once

#include <optional>

#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/plan/change.h"

namespace syncwright {

/// The schema.put of a job that does not exist yet: provisional. nullopt where the manifest asks
/// for nothing.
[[nodiscard]] std::optional<Change> provisional_schema(const DesiredApplication& desired,
                                                       const DesiredJob& job);

/// The schema.put of a live job: overlay, then compare (docs/architecture.md#decision-3). nullopt
/// where nothing differs. Refused where the overlay is impossible. What may take accounts away or
/// give them is its risk, where the job may have provisioned any.
[[nodiscard]] std::optional<Change> schema_change(const DesiredApplication& desired,
                                                  const DesiredJob& job, const LiveJob& live);

}  // namespace syncwright
