#include "syncwright/plan/credentials.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "syncwright/model/ownership.h"
#include "syncwright/model/typed_settings.h"

namespace syncwright::plan {

namespace {

/// A JSON document under a clear key, as the notification settings are one; null where it is none.
Json parsed_or_null(const std::string& text) {
  constexpr JsonLimits limits{64u << 10u, 16};
  if (!text.starts_with('{') && !text.starts_with('[')) return nullptr;
  auto document = parse_json(text, limits);
  return document ? *std::move(document) : Json();
}

/// docs/graph.md#12: booleans without regard to case, documents by what they say, everything else
/// as it is.
bool same_value(const std::string& left, const std::string& right) {
  if (left == right) return true;
  const auto boolean = model::boolean_of(left);
  if (boolean) return boolean == model::boolean_of(right);
  const Json document = parsed_or_null(left);
  return !document.is_null() && document == parsed_or_null(right);
}

/// The JSON text under the key SyncNotificationSettings with a manifest's `notifications` and
/// `deletions.threshold` laid over it (docs/graph.md#5.7). Members nobody manages are kept.
struct NotificationSettings {
  std::optional<std::string> text;  ///< to send: the live text where nothing differs; nullopt: none
  std::vector<schema::FieldChange> fields;  ///< "notifications.enabled", "deletions.threshold", ...
};

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

NotificationSettings merge_notifications(const model::DesiredApplication& desired,
                                         const model::TypedSettings& live) {
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

/// Collects the target key by key: what is live, then the manifest over it.
class Composition {
 public:
  Composition(const model::DesiredApplication& desired, const std::vector<model::LiveSecret>& live)
      : desired_(desired), live_(live), settings_(model::typed_settings(live)) {
    for (const model::LiveSecret& secret : live) {
      // An empty value means "not set"; sending it would be a removal (docs/graph.md#13.6).
      if (!secret.is_masked() && !secret.value.empty()) clear_[secret.key] = secret.value;
    }
  }

  void lay_credentials(const std::vector<std::string>& live_tags) {
    if (!desired_.credentials) return;
    const model::DesiredCredentials& credentials = *desired_.credentials;
    const bool revised = lay_revision(credentials, live_tags);
    for (const model::CredentialValue& value : credentials.values) {
      if (const auto* text = std::get_if<std::string>(&value.value)) {
        lay_clear(value.key, *text);
      } else {
        lay_reference(value, revised);
      }
    }
  }

  void lay_scope() {
    if (!desired_.scope) return;
    const model::Scope before = settings_.scope;
    clear_[model::kSyncAllKey] = *desired_.scope == model::Scope::all ? "true" : "false";
    if (before == *desired_.scope) return;
    target_.narrows_scope = before == model::Scope::all;
    add(model::kSyncAllKey, "scope", to_string(before), to_string(*desired_.scope));
  }

  void lay_deletions() {
    if (!desired_.deletions || !desired_.deletions->skip_out_of_scope) return;
    const bool skip = *desired_.deletions->skip_out_of_scope;
    const std::optional<bool> before = settings_.skip_out_of_scope;
    clear_[model::kSkipOutOfScopeKey] = skip ? "True" : "False";
    if (before == skip) return;
    add(model::kSkipOutOfScopeKey, "deletions.skipOutOfScope", before ? Json(*before) : Json(),
        skip);
  }

  void lay_notifications() {
    NotificationSettings settings = merge_notifications(desired_, settings_);
    if (settings.text) {
      clear_[model::kNotificationsKey] = *settings.text;
    } else {
      clear_.erase(model::kNotificationsKey);
    }
    for (schema::FieldChange& field : settings.fields) {
      add(model::kNotificationsKey, std::move(field.path), std::move(field.before),
          std::move(field.after));
    }
  }

  SecretsTarget finish(model::SecretsPut mode) {
    std::vector<std::string>& others =
        mode == model::SecretsPut::complete ? target_.unreferenced : target_.kept;
    for (const model::LiveSecret& secret : live_) {
      if (secret.is_masked() && !is_managed(secret.key)) others.push_back(secret.key);
    }
    target_.clear.assign(clear_.begin(), clear_.end());
    target_.differs = !target_.fields.empty();
    list_sends();
    return std::move(target_);
  }

 private:
  void add(std::string_view key, std::string path, Json before, Json after) {
    changed_.emplace(key);
    target_.fields.push_back({std::move(path), std::move(before), std::move(after)});
  }

  [[nodiscard]] SentKey::How how_sent(const std::string& key) const {
    if (changed_.contains(key)) return SentKey::How::changed;
    const model::LiveSecret* secret = model::find_secret(live_, key);
    const bool is_replaced_unseen = (secret != nullptr && secret->is_masked()) || is_reference(key);
    return is_replaced_unseen ? SentKey::How::again : SentKey::How::unchanged;
  }

  /// Everything that the PUT sends. A secret that goes along with what differs replaces whatever
  /// the tenant has under its key, a token that was rotated by hand as well: it is told as a field.
  void list_sends() {
    std::map<std::string, std::string> sources;
    for (const auto& [key, text] : target_.clear) sources[key] = "the manifest";
    for (const model::CredentialValue& value : target_.references) {
      sources[value.key] = describe(std::get<SecretReference>(value.value));
    }
    for (const auto& [key, source] : sources) {
      const SentKey::How how = how_sent(key);
      target_.sends.push_back({key, how});
      if (!target_.differs || how != SentKey::How::again) continue;
      target_.fields.push_back({"credentials." + key, Json{{"saved", true}},
                                Json{{"reference", source}, {"sentAgain", true}}});
    }
  }

  bool lay_revision(const model::DesiredCredentials& credentials,
                    const std::vector<std::string>& live_tags) {
    if (!credentials.revision) return false;
    const auto saved = model::tag_value(live_tags, model::kCredentialsTag);
    if (saved == credentials.revision) return false;
    add("", "credentials.revision", saved ? Json(*saved) : Json(), *credentials.revision);
    return true;
  }

  void lay_clear(const std::string& key, const std::string& text) {
    clear_[key] = text;
    const model::LiveSecret* secret = model::find_secret(live_, key);
    // A masked value cannot be compared; its presence counts as equality.
    if (secret != nullptr && secret->is_masked()) return;
    const std::string before = secret == nullptr ? "" : secret->value;
    if (!same_value(before, text)) {
      target_.saves_credentials = true;
      add(key, "credentials." + key, before.empty() ? Json() : Json(before), text);
    }
  }

  void lay_reference(const model::CredentialValue& value, bool revised) {
    clear_.erase(value.key);
    target_.references.push_back(value);
    const model::LiveSecret* secret = model::find_secret(live_, value.key);
    const bool present = secret != nullptr && !secret->value.empty();
    if (present && !revised) return;
    target_.saves_credentials = true;
    add(value.key, "credentials." + value.key, present ? Json{{"saved", true}} : Json(),
        Json{{"reference", describe(std::get<SecretReference>(value.value))}});
  }

  [[nodiscard]] bool is_managed(const std::string& key) const {
    return clear_.contains(key) || is_reference(key);
  }

  [[nodiscard]] bool is_reference(const std::string& key) const {
    return std::any_of(target_.references.begin(), target_.references.end(),
                       [&key](const model::CredentialValue& value) { return value.key == key; });
  }

  const model::DesiredApplication& desired_;
  const std::vector<model::LiveSecret>& live_;
  const model::TypedSettings settings_;
  std::map<std::string, std::string> clear_;
  std::set<std::string> changed_;  ///< keys that a field speaks of
  SecretsTarget target_;
};

}  // namespace

SecretsTarget secrets_target(const model::DesiredApplication& desired,
                             const std::vector<model::LiveSecret>& live,
                             const std::vector<std::string>& live_tags, model::SecretsPut mode) {
  Composition composition(desired, live);
  composition.lay_credentials(live_tags);
  composition.lay_scope();
  composition.lay_notifications();
  composition.lay_deletions();
  return composition.finish(mode);
}

std::string credentials_advice(const model::DesiredApplication& desired,
                               const model::LiveJob& live) {
  if (!live.has_refused_credentials()) return {};
  if (!desired.credentials) {
    return "the target refuses the credentials, and the manifest has none: save them where they "
           "were entered, or add `credentials`";
  }
  const SourceRange& where = desired.credentials->where;
  const std::string place =
      where.line > 0 ? fmt::format(" ({}:{})", where.file, where.line) : std::string();
  const char* step = desired.credentials->revision ? "change" : "add";
  return fmt::format(
      "the target refuses the credentials: once their secrets are right, {} "
      "`credentials.revision`{}, and apply saves them again",
      step, place);
}

}  // namespace syncwright::plan
