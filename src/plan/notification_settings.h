#pragma once

#include <optional>
#include <string>
#include <vector>

#include "syncwright/model/desired.h"
#include "syncwright/model/typed_settings.h"
#include "syncwright/schema/schema_diff.h"

namespace syncwright {

/// The JSON text under the key SyncNotificationSettings with a manifest's `notifications` and
/// `deletions.threshold` laid over it (docs/graph.md#5.7). Members nobody manages are kept.
struct NotificationSettings {
  std::optional<std::string> text;  ///< to send: the live text where nothing differs; nullopt: none
  std::vector<FieldChange> fields;  ///< "notifications.enabled", "deletions.threshold", ...
};

[[nodiscard]] NotificationSettings lay_over(const DesiredApplication& desired,
                                            const TypedSettings& live);

}  // namespace syncwright
