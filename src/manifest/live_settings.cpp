#include "live_settings.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <system_error>

#include "scalar_fields.h"
#include "syncwright/core/json.h"

namespace syncwright {
namespace {

constexpr JsonLimits limits{64u << 10u, 16};

/// The clear text under a key; empty where it is not set or masked.
std::string clear_text(const std::vector<LiveSecret>& secrets, std::string_view key) {
  const auto found = std::find_if(secrets.begin(), secrets.end(),
                                  [key](const LiveSecret& secret) { return secret.key == key; });
  return found == secrets.end() || found->masked() ? std::string() : found->value;
}

std::optional<bool> boolean_of(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (text == "true") return true;
  return text == "false" ? std::optional(false) : std::nullopt;
}

/// The service is seen to write booleans and numbers as JSON and as text.
std::optional<bool> boolean_member(const Json& settings, const char* key) {
  const Json& member = member_or_null(settings, key);
  if (member.is_boolean()) return member.get<bool>();
  return member.is_string() ? boolean_of(member.get<std::string>()) : std::nullopt;
}

std::optional<std::int64_t> number_member(const Json& settings, const char* key) {
  const Json& member = member_or_null(settings, key);
  if (member.is_number_integer()) return member.get<std::int64_t>();
  if (!member.is_string()) return std::nullopt;
  const std::string text = member.get<std::string>();
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

void read_notifications(const Json& json, LiveSettings& settings) {
  settings.notifications.enabled = boolean_member(json, "Enabled");
  const std::string recipient = string_or(json, "Recipients");
  if (is_mail_address(recipient)) {
    settings.notifications.recipient = recipient;
  } else if (!recipient.empty()) {
    settings.remarks.emplace_back(
        "the recipient of notifications is not one mail address, and stays as it is");
  }
}

void read_threshold(const Json& json, LiveSettings& settings) {
  if (!boolean_member(json, "DeleteThresholdEnabled").value_or(true)) {
    settings.remarks.emplace_back(
        "the deletion threshold is switched off, which stays so until a manifest sets one");
    return;
  }
  const auto threshold = number_member(json, "DeleteThresholdValue");
  if (threshold && *threshold >= 1 && *threshold <= kMaxDeletionThreshold) {
    settings.deletions.threshold = threshold;
  }
}

}  // namespace

LiveSettings read_settings(const std::vector<LiveSecret>& secrets) {
  LiveSettings settings;
  if (boolean_of(clear_text(secrets, "SyncAll")) == true) settings.scope = Scope::all;
  settings.deletions.skip_out_of_scope = boolean_of(clear_text(secrets, "SkipOutOfScopeDeletions"));
  const auto json = parse_json(clear_text(secrets, "SyncNotificationSettings"), limits);
  if (json && json->is_object()) {
    read_notifications(*json, settings);
    read_threshold(*json, settings);
  }
  return settings;
}

}  // namespace syncwright
