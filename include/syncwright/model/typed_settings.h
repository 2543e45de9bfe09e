#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/core/json.h"
#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"

namespace syncwright::model {

/// The keys among the secrets that manifests have settings of their own for (docs/graph.md#5.7).
inline constexpr const char* kSyncAllKey = "SyncAll";
inline constexpr const char* kSkipOutOfScopeKey = "SkipOutOfScopeDeletions";
inline constexpr const char* kNotificationsKey = "SyncNotificationSettings";

/// What live secrets say under those keys. The service is seen to write booleans and numbers as
/// JSON and as text, in any case.
struct TypedSettings {
  Scope scope = Scope::assigned;  ///< [G] also where SyncAll is absent
  std::optional<bool> skip_out_of_scope;

  /// The text under SyncNotificationSettings; nullopt where the key is not set.
  std::optional<std::string> notifications;
  Json notification_members = Json::object();  ///< of that text; empty where it is no JSON object
  std::optional<bool> notifications_enabled;
  std::optional<std::string> recipients;
  bool is_threshold_off = false;  ///< [G] an absent switch is on
  /// nullopt where none stops a mass deletion, switched off or never set.
  std::optional<std::int64_t> threshold;
};

[[nodiscard]] TypedSettings typed_settings(const std::vector<LiveSecret>& live);

/// nullptr where the key is not among them.
[[nodiscard]] const LiveSecret* find_secret(const std::vector<LiveSecret>& live,
                                            std::string_view key);

/// "true" and "false" without regard to case; nullopt for any other text.
[[nodiscard]] std::optional<bool> boolean_of(std::string_view text);

}  // namespace syncwright::model
