#include "syncwright/model/typed_settings.h"

#include <doctest/doctest.h>

#include "syncwright/model/secret_keys.h"

using namespace syncwright;
using namespace syncwright::model;

namespace {

TypedSettings with_notifications(const std::string& text) {
  return typed_settings({{"SyncNotificationSettings", text}});
}

}  // namespace

TEST_CASE("no secrets: assigned, and nothing else is set") {
  const TypedSettings settings = typed_settings({});
  CHECK(settings.scope == Scope::assigned);
  CHECK_FALSE(settings.skip_out_of_scope.has_value());
  CHECK_FALSE(settings.notifications.has_value());
  CHECK(settings.notification_members == Json::object());
  CHECK_FALSE(settings.threshold.has_value());
  CHECK_FALSE(settings.is_threshold_off);
}

TEST_CASE("booleans are read without regard to case, masked values not at all") {
  CHECK(typed_settings({{"SyncAll", "TRUE"}}).scope == Scope::all);
  CHECK(typed_settings({{"SyncAll", "False"}}).scope == Scope::assigned);
  CHECK(typed_settings({{"SyncAll", "*"}}).scope == Scope::assigned);
  CHECK(typed_settings({{"SkipOutOfScopeDeletions", "True"}}).skip_out_of_scope == true);
  CHECK(typed_settings({{"SkipOutOfScopeDeletions", "false"}}).skip_out_of_scope == false);
  CHECK_FALSE(typed_settings({{"SkipOutOfScopeDeletions", "1"}}).skip_out_of_scope.has_value());
  CHECK(boolean_of("tRuE") == true);
  CHECK_FALSE(boolean_of("true ").has_value());
}

TEST_CASE("notification settings are JSON, whose values may be text") {
  const TypedSettings settings =
      with_notifications(R"({"Enabled":"True","Recipients":"a@b.c","DeleteThresholdEnabled":true,)"
                         R"("DeleteThresholdValue":"500","More":1})");
  CHECK(settings.notifications_enabled == true);
  CHECK(settings.recipients == "a@b.c");
  CHECK(settings.threshold == 500);
  CHECK(settings.notification_members["More"] == 1);
  CHECK(with_notifications(R"({"DeleteThresholdValue":7})").threshold == 7);

  const TypedSettings off =
      with_notifications(R"({"DeleteThresholdEnabled":"false","DeleteThresholdValue":500})");
  CHECK(off.is_threshold_off);
  CHECK_FALSE(off.threshold.has_value());
}

TEST_CASE("a text that is no JSON object has no members, and is kept") {
  for (const char* text : {"", "[]", "{", "null", "text"}) {
    CAPTURE(text);
    const TypedSettings settings = with_notifications(text);
    CHECK(settings.notifications == text);
    CHECK(settings.notification_members == Json::object());
    CHECK_FALSE(settings.notifications_enabled.has_value());
  }
  CHECK_FALSE(with_notifications(R"({"DeleteThresholdValue":"5x"})").threshold.has_value());
  CHECK_FALSE(with_notifications(R"({"Enabled":1,"Recipients":["a"]})").recipients.has_value());
}

TEST_CASE("the keys are those that have a setting of their own") {
  for (const std::string& key : secret_keys()) {
    const bool is_typed =
        key == kSyncAllKey || key == kSkipOutOfScopeKey || key == kNotificationsKey;
    CHECK(is_typed == !typed_setting_of(key).empty());
  }
}
