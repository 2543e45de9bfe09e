#include "plan/notification_settings.h"

#include <utility>

#include "syncwright/core/json.h"

namespace syncwright {

namespace {

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

}  // namespace

NotificationSettings lay_over(const DesiredApplication& desired, const TypedSettings& live) {
  NotificationSettings result;
  Json members = live.notification_members;
  const auto set = [&result](const char* path, Json before, Json after) {
    if (before == after) return false;
    result.fields.push_back({path, std::move(before), std::move(after)});
    return true;
  };
  if (desired.notifications && desired.notifications->enabled) {
    const bool enabled = *desired.notifications->enabled;
    const Json before = or_null(live.notifications_enabled);
    if (set("notifications.enabled", before, enabled)) members["Enabled"] = enabled;
  }
  if (desired.notifications && desired.notifications->recipient) {
    const std::string& recipient = *desired.notifications->recipient;
    const Json before = or_null(live.recipients);
    if (set("notifications.recipient", before, recipient)) members["Recipients"] = recipient;
  }
  if (desired.deletions && desired.deletions->threshold) {
    const std::int64_t threshold = *desired.deletions->threshold;
    if (set("deletions.threshold", or_null(live.threshold), threshold)) {
      members["DeleteThresholdEnabled"] = true;
      members["DeleteThresholdValue"] = threshold;
    }
  }
  // An empty text would be refused as InvalidNotificationSettings (docs/graph.md#13.6).
  if (!result.fields.empty()) {
    result.text = canonical_json(members);
  } else if (live.notifications && !live.notifications->empty()) {
    result.text = live.notifications;
  }
  return result;
}

}  // namespace syncwright
