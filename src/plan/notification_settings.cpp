#include "notification_settings.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "syncwright/core/json.h"

namespace syncwright {

namespace {

constexpr JsonLimits limits{64u << 10u, 16};

Json parsed(const std::optional<std::string>& text) {
  if (!text) return Json::object();
  auto value = parse_json(*text, limits);
  return value && value->is_object() ? *std::move(value) : Json::object();
}

/// The service is seen to write booleans as JSON and as text.
std::optional<bool> boolean_member(const Json& settings, const char* key) {
  const Json& member = member_or_null(settings, key);
  if (member.is_boolean()) return member.get<bool>();
  return member.is_string() ? boolean_of(member.get<std::string>()) : std::nullopt;
}

Json or_null(const std::optional<bool>& value) {
  return value ? Json(*value) : Json();
}

/// A number, or a text that is one, as with the booleans. null: no threshold stops a mass deletion.
/// An absent switch is on (API.md 5.7).
Json live_threshold(const Json& settings) {
  if (!boolean_member(settings, "DeleteThresholdEnabled").value_or(true)) return nullptr;
  const Json& value = member_or_null(settings, "DeleteThresholdValue");
  if (!value.is_string()) return value.is_number_integer() ? value : Json();
  const std::string text = value.get<std::string>();
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? Json(number) : Json();
}

}  // namespace

NotificationSettings lay_over(const DesiredApplication& desired,
                              const std::optional<std::string>& live) {
  NotificationSettings result;
  Json settings = parsed(live);
  const auto set = [&result](const char* path, Json before, Json after) {
    if (before == after) return false;
    result.fields.push_back({path, std::move(before), std::move(after)});
    return true;
  };
  if (desired.notifications && desired.notifications->enabled) {
    const bool enabled = *desired.notifications->enabled;
    const Json before = or_null(boolean_member(settings, "Enabled"));
    if (set("notifications.enabled", before, enabled)) settings["Enabled"] = enabled;
  }
  if (desired.notifications && desired.notifications->recipient) {
    const std::string& recipient = *desired.notifications->recipient;
    const Json& member = member_or_null(settings, "Recipients");
    const Json before = member.is_string() ? member : Json();
    if (set("notifications.recipient", before, recipient)) settings["Recipients"] = recipient;
  }
  if (desired.deletions && desired.deletions->threshold) {
    const std::int64_t threshold = *desired.deletions->threshold;
    if (set("deletions.threshold", live_threshold(settings), threshold)) {
      settings["DeleteThresholdEnabled"] = true;
      settings["DeleteThresholdValue"] = threshold;
    }
  }
  // An empty text would be refused as InvalidNotificationSettings (API.md 13.6).
  if (!result.fields.empty()) {
    result.text = canonical_json(settings);
  } else if (live && !live->empty()) {
    result.text = live;
  }
  return result;
}

std::optional<bool> boolean_of(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char character) {
    return static_cast<char>(std::tolower(character));
  });
  if (lower == "true") return true;
  if (lower == "false") return false;
  return std::nullopt;
}

}  // namespace syncwright
