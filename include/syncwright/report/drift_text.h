#pragma once

#include <string>

#include "syncwright/plan/drift.h"
#include "syncwright/report/style.h"

namespace syncwright {

/// How the tenant differs from the manifests, for people: the plan seen from the other side. For
/// every difference the manifest line, whether the tenant or the manifest changed, what the tenant
/// has and what the manifest says (of many equal applications once); then who edited what, the
/// health of jobs, marked where it counts as drift, orphans, and one sentence that sums up.
[[nodiscard]] std::string render_drift(const Drift& drift, const Style& style);
/// Where nobody asked the audit log.
[[nodiscard]] std::string render_drift(const Plan& plan, const Style& style);

}  // namespace syncwright
