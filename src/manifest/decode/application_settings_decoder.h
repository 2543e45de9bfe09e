#pragma once

#include <optional>
#include <string>
#include <vector>

#include "manifest/decode/field.h"
#include "syncwright/model/desired.h"

namespace syncwright::manifest {

/// `spec.lifecycle`.
struct DecodedLifecycle {
  struct EarlierName {
    std::string name;
    SourceRange where;
  };

  model::Adopt adopt;
  std::optional<bool> protect;
  std::vector<EarlierName> previously;  ///< each once
};

/// `adopt` takes refuse, never, by-name, an object id or {appId: ID}; ids are given in small
/// letters.
[[nodiscard]] std::optional<DecodedLifecycle> as_lifecycle(const Field& field);

/// `spec.assignments`. A pair of principal and role that occurs twice is SW2027: names are compared
/// without case, as Graph looks them up, roles with it. An empty list of members is accepted under
/// `mode: exact` alone, where it says that nobody is assigned.
[[nodiscard]] std::optional<model::DesiredAssignments> as_assignments(const Field& field);

/// `spec.notifications` and `spec.deletions`: what Graph keeps in SyncNotificationSettings and
/// SkipOutOfScopeDeletions (docs/graph.md#5.7).
[[nodiscard]] std::optional<model::DesiredNotifications> as_notifications(const Field& field);
[[nodiscard]] std::optional<model::DesiredDeletions> as_deletions(const Field& field);

}  // namespace syncwright::manifest
