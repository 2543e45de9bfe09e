#pragma once

#include <optional>
#include <vector>

#include "field.h"
#include "syncwright/model/desired.h"

namespace syncwright {

/// `spec.jobs`, sorted by key. Two keys that mean one job are SW2010.
[[nodiscard]] std::optional<std::vector<DesiredJob>> as_jobs(const Field& field);

}  // namespace syncwright
