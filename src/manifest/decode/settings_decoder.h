#pragma once

#include <optional>

#include "manifest/decode/field.h"
#include "syncwright/model/desired.h"

namespace syncwright {

/// `spec.notifications` and `spec.deletions`: what Graph keeps in SyncNotificationSettings and
/// SkipOutOfScopeDeletions (docs/graph.md#5.7).
[[nodiscard]] std::optional<DesiredNotifications> as_notifications(const Field& field);
[[nodiscard]] std::optional<DesiredDeletions> as_deletions(const Field& field);

}  // namespace syncwright
