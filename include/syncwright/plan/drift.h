#pragma once

#include <string>
#include <vector>

#include "syncwright/model/live.h"
#include "syncwright/plan/plan.h"

namespace syncwright {

/// An edit of the audit log, held against the applications of a plan.
struct DriftEdit {
  std::string application;
  LiveEdit edit;
  bool ours = false;  ///< made by one of the environment's `writers`
};

/// A plan seen from the tenant's side: the same differences, each with its cause, and who edited
/// what (PRODUCT.md 5).
struct Drift {
  Plan plan;
  std::vector<DriftEdit> edits;  ///< by application, then time
};

/// `writers`: appIds, object ids, UPNs and names whose edits are ours, without regard to case; the
/// caller adds its own appId. An application whose manifest changed and that somebody else edited
/// after the last edit of ours has cause `both`. Edits of other applications are left out.
[[nodiscard]] Drift make_drift(Plan plan, const std::vector<LiveEdit>& edits,
                               const std::vector<std::string>& writers);

/// The document of `drift --format json`: a plan's, with `cause` in each change and `edits`.
[[nodiscard]] Json to_json(const Drift& drift);

}  // namespace syncwright
