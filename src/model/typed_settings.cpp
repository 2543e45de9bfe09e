#include "syncwright/model/typed_settings.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "syncwright/core/ascii.h"

namespace syncwright::model {

namespace {

constexpr JsonLimits kLimits{64u << 10u, 16};

std::optional<std::string> clear_value(const std::vector<LiveSecret>& live, std::string_view key) {
  const LiveSecret* secret = find_secret(live, key);
  if (secret == nullptr || secret->is_masked()) return std::nullopt;
  return secret->value;
}

std::optional<bool> boolean_member(const Json& settings, const char* key) {
  const Json& member = member_or_null(settings, key);
  if (member.is_boolean()) return member.get<bool>();
  return member.is_string() ? boolean_of(member.get<std::string>()) : std::nullopt;
}

std::optional<std::int64_t> number_member(const Json& settings, const char* key) {
  const Json& member = member_or_null(settings, key);
  if (member.is_number_integer()) return member.get<std::int64_t>();
  if (!member.is_string()) return std::nullopt;
  const auto text = member.get<std::string>();
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

void read_notifications(TypedSettings& settings) {
  if (!settings.notifications) return;
  auto document = parse_json(*settings.notifications, kLimits);
  if (!document || !document->is_object()) return;
  const Json& members = settings.notification_members = std::move(*document);
  settings.notifications_enabled = boolean_member(members, "Enabled");
  const Json& recipients = member_or_null(members, "Recipients");
  if (recipients.is_string()) settings.recipients = recipients.get<std::string>();
  settings.is_threshold_off = boolean_member(members, "DeleteThresholdEnabled") == false;
  if (!settings.is_threshold_off) {
    settings.threshold = number_member(members, "DeleteThresholdValue");
  }
}

}  // namespace

TypedSettings typed_settings(const std::vector<LiveSecret>& live) {
  TypedSettings settings;
  const auto boolean = [&live](const char* key) {
    const auto text = clear_value(live, key);
    return text ? boolean_of(*text) : std::nullopt;
  };
  if (boolean(kSyncAllKey) == true) settings.scope = Scope::all;
  settings.skip_out_of_scope = boolean(kSkipOutOfScopeKey);
  settings.notifications = clear_value(live, kNotificationsKey);
  read_notifications(settings);
  return settings;
}

const LiveSecret* find_secret(const std::vector<LiveSecret>& live, std::string_view key) {
  const auto found = std::find_if(live.begin(), live.end(),
                                  [key](const LiveSecret& secret) { return secret.key == key; });
  return found == live.end() ? nullptr : &*found;
}

std::optional<bool> boolean_of(std::string_view text) {
  if (ascii::equal_ignoring_case(text, "true")) return true;
  if (ascii::equal_ignoring_case(text, "false")) return false;
  return std::nullopt;
}

}  // namespace syncwright::model
