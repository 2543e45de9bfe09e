#include "apply/steps/secrets.h"

#include <doctest/doctest.h>

namespace syncwright::apply {

namespace {

plan::SecretsTarget sent() {
  plan::SecretsTarget target;
  target.clear = {{"SyncAll", "true"}, {"SyncNotificationSettings", R"({"Enabled":true,"n":1})"}};
  target.references = {{"Password", SecretReference{SecretReference::Env{"X"}}, {}}};
  return target;
}

}  // namespace

TEST_CASE(
    "what comes back counts by meaning: masks by presence, booleans without case, JSON parsed") {
  const auto result =
      compare_stored(sent(), {{"Password", "*"},
                              {"SyncAll", "True"},
                              {"SyncNotificationSettings", R"({ "n":1, "Enabled":true })"},
                              {"Foreign", "x"}});
  CHECK(result.missing.empty());
  CHECK(result.different.empty());
}

TEST_CASE("missing keys and other values are told apart") {
  const auto result = compare_stored(
      sent(), {{"SyncAll", "false"}, {"SyncNotificationSettings", R"({"Enabled":false,"n":1})"}});
  CHECK(result.missing == std::vector<std::string>{"Password"});
  CHECK(result.different == std::vector<std::string>{"SyncAll", "SyncNotificationSettings"});
}

TEST_CASE("an empty stored value is a missing one") {
  const auto result = compare_stored(sent(), {{"Password", ""}, {"SyncAll", ""}});
  CHECK(result.missing ==
        std::vector<std::string>{"SyncAll", "SyncNotificationSettings", "Password"});
}

}  // namespace syncwright::apply
