#pragma once

#include <optional>

#include "manifest/decode/field.h"
#include "syncwright/model/desired.h"

namespace syncwright {

/// `spec.assignments`. A pair of principal and role that occurs twice is SW2027: names are compared
/// without case, as Graph looks them up, roles with it. An empty list of members is accepted under
/// `mode: exact` alone, where it says that nobody is assigned.
[[nodiscard]] std::optional<DesiredAssignments> as_assignments(const Field& field);

}  // namespace syncwright
