#include "syncwright/model/secret_keys.h"

#include <doctest/doctest.h>

using namespace syncwright;
using namespace syncwright::model;

TEST_CASE("secret keys are Graph's, in exact case") {
  CHECK(secret_keys().size() == 44);
  CHECK(is_secret_key("BaseAddress"));
  CHECK(is_secret_key("SyncAll"));
  CHECK_FALSE(is_secret_key("baseAddress"));
  CHECK_FALSE(is_secret_key("None"));
  CHECK_FALSE(is_secret_key(""));
}

TEST_CASE("a masked key is one whose value Graph hides") {
  for (const char* key : {"Password", "SecretToken", "ClientSecret", "AppKey", "ConsumerKey",
                          "ConsumerSecret", "TokenKey", "Oauth2AccessToken", "Oauth2RefreshToken",
                          "Oauth2ClientSecret", "Oauth2AuthorizationCode", "ConnectionString"}) {
    CAPTURE(key);
    CHECK(is_secret_key(key));
    CHECK(is_masked_secret_key(key));
  }
  for (const char* key : {"BaseAddress", "UserName", "Domain", "SyncAll", "Oauth2ClientId",
                          "SyncNotificationSettings", "SkipOutOfScopeDeletions", "secrettoken"}) {
    CAPTURE(key);
    CHECK_FALSE(is_masked_secret_key(key));
  }
}

TEST_CASE("three keys have settings of their own") {
  CHECK(typed_setting_of("SyncAll") == "spec.scope");
  CHECK(typed_setting_of("SyncNotificationSettings") ==
        "spec.notifications and spec.deletions.threshold");
  CHECK(typed_setting_of("SkipOutOfScopeDeletions") == "spec.deletions.skipOutOfScope");
  CHECK(typed_setting_of("BaseAddress").empty());
}
