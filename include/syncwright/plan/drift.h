#pragma once

#include <optional>
#include <string>
#include <vector>

#include "syncwright/model/live.h"
#include "syncwright/plan/plan.h"

namespace syncwright::plan {

/// An edit of the audit log, held against the applications of a plan.
struct DriftEdit {
  std::string application;
  model::LiveEdit edit;
  bool ours = false;  ///< made by one of the environment's `writers`
};

/// A plan seen from the tenant's side: the same differences, each with its cause, and who edited
/// what (docs/contract.md#5).
struct Drift {
  Plan plan;
  /// Of applications that differ, by application, then time; without `unmanaged`.
  std::vector<DriftEdit> edits;
  /// Edits outside what the manifests manage, in the same order: somebody else's, after the last
  /// apply and after the last edit of ours of that kind, that none of the differences can come
  /// from. Not a difference: `drift --strict` counts them. nullopt: the log was not read.
  std::optional<std::vector<DriftEdit>> unmanaged = std::vector<DriftEdit>{};
};

/// Finds the cause of each difference. Where the manifest is as it was applied last (kAppliedTag),
/// the tenant changed. Where it is not, the manifest did, and the tenant too (`both`) where
/// somebody else made an edit that can have made this difference (a rename, a schema, settings, an
/// assignment, a job's state) after the last apply and after the last edit of ours of that kind.
/// Without the log (nullopt) that is not known (`unknown`).
///
/// An edit is told by what it touched: an attribute mapping that no manifest names and one that a
/// manifest caught up with look alike in the log, and an application that is taken over by this
/// plan has no edits outside it yet.
///
/// `edits`: newest first; those of other applications are left out. `writers`: appIds, object ids,
/// UPNs and names whose edits are ours, without regard to case; the caller adds its own appId.
[[nodiscard]] Drift make_drift(Plan plan, const std::optional<std::vector<model::LiveEdit>>& edits,
                               const std::vector<std::string>& writers);

/// The document of `drift --format json`: a plan's, with `cause` in each change, `edits` and
/// `unmanagedEdits` (null where the log was not read).
[[nodiscard]] StreamedObject document_of(const Drift& drift);

}  // namespace syncwright::plan
