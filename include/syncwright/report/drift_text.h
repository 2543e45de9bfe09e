#pragma once

#include <string>

#include "syncwright/plan/plan.h"
#include "syncwright/report/style.h"

namespace syncwright {

/// How the tenant differs from the manifests, for people: the plan seen from the other side. For
/// every difference the manifest line, what the tenant has and what the manifest says; then the
/// health of jobs, marked where it counts as drift, orphans, and one sentence that sums up.
[[nodiscard]] std::string render_drift(const Plan& plan, const Style& style);

}  // namespace syncwright
