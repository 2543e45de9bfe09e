#pragma once

#include <optional>

#include "syncwright/core/diagnostic.h"
#include "syncwright/core/diagnostic_catalog.h"
#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/plan/change.h"

namespace syncwright::plan {

/// The schema.put of a job that does not exist yet: provisional. nullopt where the manifest asks
/// for nothing.
[[nodiscard]] std::optional<Change> provisional_schema(const model::DesiredApplication& desired,
                                                       const model::DesiredJob& job);

/// The schema.put of a live job: overlay, then compare (docs/architecture.md#decision-3). nullopt
/// where nothing differs. Refused where the overlay is impossible. What may take accounts away or
/// give them is its risk, where the job may have provisioned any.
[[nodiscard]] std::optional<Change> schema_change(const model::DesiredApplication& desired,
                                                  const model::DesiredJob& job,
                                                  const model::LiveJob& live);

/// What only the live schema tells of a job's mappings, with the job's whole document laid over it
/// where it has one: attribute names that it lacks, filters that do not fit an attribute's type,
/// priorities in use (SW32xx). `validate` knows the gallery's template at best. Warnings, since
/// the tenant has the last word, unless the project says otherwise.
[[nodiscard]] Diagnostics lint_live_schema(const model::DesiredJob& job, const model::LiveJob& live,
                                           const Severities& severities);

}  // namespace syncwright::plan
