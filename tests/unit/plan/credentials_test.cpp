#include "syncwright/plan/credentials.h"

#include <doctest/doctest.h>

#include "world.h"

using namespace syncwright;
using namespace syncwright::plan;
using namespace syncwright::plan::test;

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

SecretsTarget target_of(const model::DesiredApplication& desired,
                        const std::vector<model::LiveSecret>& live,
                        const std::vector<std::string>& tags = {}) {
  return secrets_target(desired, live, tags, model::SecretsPut::complete);
}

model::DesiredApplication notifying() {
  model::DesiredApplication application = bare("sf");
  application.notifications = model::DesiredNotifications{true, "idm@contoso.com", {}};
  application.deletions = model::DesiredDeletions{500, std::nullopt, {}};
  return application;
}

}  // namespace

TEST_CASE("nothing managed, nothing to save") {
  const SecretsTarget target = target_of(bare("sf"), {{"SyncAll", "true"}, {"Password", "*"}});
  CHECK_FALSE(target.differs);
  CHECK(target.clear == Pairs{{"SyncAll", "true"}});
  CHECK(target.unreferenced == std::vector<std::string>{"Password"});
}

TEST_CASE("an absent SyncAll counts as assigned, and SyncAll is read without regard to case") {
  model::DesiredApplication application = bare("sf");
  application.scope = model::Scope::assigned;
  CHECK_FALSE(target_of(application, {}).differs);
  CHECK_FALSE(target_of(application, {{"SyncAll", "False"}}).differs);

  const SecretsTarget narrowed = target_of(application, {{"SyncAll", "True"}});
  CHECK(narrowed.narrows_scope);
  CHECK(narrowed.clear == Pairs{{"SyncAll", "false"}});
  CHECK(narrowed.fields ==
        std::vector<schema::FieldChange>{schema::FieldChange{"scope", "all", "assigned"}});
  application.scope = model::Scope::all;
  CHECK_FALSE(target_of(application, {}).narrows_scope);
  CHECK(target_of(application, {}).clear == Pairs{{"SyncAll", "true"}});
}

TEST_CASE("clear values are compared, references by their presence alone") {
  const model::DesiredApplication application = salesforce();
  const std::vector<std::string> tags{"syncwright-credentials:2026-11"};
  std::vector<model::LiveSecret> live = settled(application).secrets;
  CHECK_FALSE(target_of(application, live, tags).differs);

  for (model::LiveSecret& secret : live) {
    if (secret.key == "BaseAddress") secret.value = "https://old.example.com/";
    if (secret.key == "SecretToken") secret.value = "shown in clear";
  }
  const SecretsTarget target = target_of(application, live, tags);
  const std::vector<schema::FieldChange> expected{
      {"credentials.BaseAddress", "https://old.example.com/", "https://scim.example.com/"},
      {"credentials.SecretToken",
       {{"saved", true}},
       {{"reference", "env SALESFORCE_TOKEN"}, {"sentAgain", true}}}};
  CHECK(target.fields == expected);
  CHECK(target.saves_credentials);
  REQUIRE(target.references.size() == 1);
  for (const auto& [key, value] : target.clear) CHECK(key != "SecretToken");
}

TEST_CASE("a new revision saves every reference again, a missing key saves itself") {
  model::DesiredApplication application = salesforce();
  const std::vector<model::LiveSecret> live = settled(application).secrets;
  const SecretsTarget revised = target_of(application, live, {"syncwright-credentials:2026-10"});
  const std::vector<schema::FieldChange> expected{
      {"credentials.revision", "2026-10", "2026-11"},
      {"credentials.SecretToken", {{"saved", true}}, {{"reference", "env SALESFORCE_TOKEN"}}}};
  CHECK(revised.fields == expected);
  CHECK(revised.saves_credentials);

  application.credentials->revision.reset();
  CHECK_FALSE(target_of(application, live).differs);
  std::vector<model::LiveSecret> without = live;
  std::erase_if(without,
                [](const model::LiveSecret& secret) { return secret.key == "SecretToken"; });
  const SecretsTarget missing = target_of(application, without);
  CHECK(missing.fields ==
        std::vector<schema::FieldChange>{schema::FieldChange{
            "credentials.SecretToken", nullptr, {{"reference", "env SALESFORCE_TOKEN"}}}});
  CHECK(missing.saves_credentials);
}

TEST_CASE("every key that is sent is listed, a secret whose revision stays as sent again") {
  using How = SentKey::How;
  model::DesiredApplication application = salesforce();
  const std::vector<model::LiveSecret> live = settled(application).secrets;
  const std::vector<std::string> tags{"syncwright-credentials:2026-11"};
  application.notifications->recipient = "new@contoso.com";
  const SecretsTarget target = target_of(application, live, tags);
  const std::vector<SentKey> sends{{"BaseAddress", How::unchanged},
                                   {"SecretToken", How::again},
                                   {"SkipOutOfScopeDeletions", How::unchanged},
                                   {"SyncAll", How::unchanged},
                                   {"SyncNotificationSettings", How::changed}};
  CHECK(target.sends == sends);
  CHECK(target.sends.size() == target.clear.size() + target.references.size());
  const std::vector<schema::FieldChange> fields{
      {"notifications.recipient", "idm@contoso.com", "new@contoso.com"},
      {"credentials.SecretToken",
       {{"saved", true}},
       {{"reference", "env SALESFORCE_TOKEN"}, {"sentAgain", true}}}};
  CHECK(target.fields == fields);
  CHECK_FALSE(target.saves_credentials);
  SUBCASE("with a new revision it is a change") {
    const SecretsTarget revised = target_of(application, live, {"syncwright-credentials:2026-10"});
    CHECK(revised.sends.at(1) == SentKey{"SecretToken", How::changed});
  }
  SUBCASE("a clear value of the manifest under a masked key replaces what nobody sees as well") {
    application.credentials->values = {{"Domain", "contoso.com", {}}};
    const SecretsTarget clear =
        target_of(application, {{"Domain", "*"}, {"SyncAll", "true"}}, tags);
    CHECK(clear.sends.at(0) == SentKey{"Domain", How::again});
    CHECK(clear.fields.back() ==
          schema::FieldChange{"credentials.Domain",
                              {{"saved", true}},
                              {{"reference", "the manifest"}, {"sentAgain", true}}});
  }
  SUBCASE("a new application is sent nothing but changes") {
    const Plan plan = planned(application, nothing_found());
    for (const Change& change : plan.changes) {
      if (change.type != ChangeType::credentials_save) continue;
      CHECK(change.sent_keys()->keys.size() == 5);
      for (const SentKey& sent : change.sent_keys()->keys) CHECK(sent.how == How::changed);
    }
  }
}

TEST_CASE("a manifest's clear value under a key that Graph masks cannot be compared") {
  model::DesiredApplication application = bare("sf");
  application.credentials = model::DesiredCredentials{};
  application.credentials->values = {{"Domain", "contoso.com", {}}};
  const SecretsTarget target = target_of(application, {{"Domain", "*"}});
  CHECK_FALSE(target.differs);
  CHECK(target.clear == Pairs{{"Domain", "contoso.com"}});
  CHECK(target.unreferenced.empty());
}

TEST_CASE("booleans compare without case, and what nobody manages is sent as it is") {
  model::DesiredApplication application = bare("sf");
  application.deletions = model::DesiredDeletions{std::nullopt, true, {}};
  application.credentials = model::DesiredCredentials{};
  application.credentials->values = {{"HardDeletesEnabled", "True", {}}};
  const std::vector<model::LiveSecret> live{
      {"HardDeletesEnabled", "true"}, {"SkipOutOfScopeDeletions", "true"}, {"UserName", "svc"}};
  const SecretsTarget target = target_of(application, live);
  CHECK_FALSE(target.differs);
  CHECK(target.clear == Pairs{{"HardDeletesEnabled", "True"},
                              {"SkipOutOfScopeDeletions", "True"},
                              {"UserName", "svc"}});
}

TEST_CASE("notification settings are laid over the live document, unknown members kept") {
  const std::string live =
      R"({"DeleteThresholdEnabled": true, "DeleteThresholdValue": 500, "Enabled": false, )"
      R"("HumanResourcesLookaheadQueryEnabled": true, "Recipients": "idm@contoso.com"})";
  const SecretsTarget target = target_of(notifying(), {{"SyncNotificationSettings", live}});
  CHECK(target.fields == std::vector<schema::FieldChange>{
                             schema::FieldChange{"notifications.enabled", false, true}});
  CHECK(target.clear ==
        Pairs{{"SyncNotificationSettings",
               R"({"DeleteThresholdEnabled":true,"DeleteThresholdValue":500,"Enabled":true,)"
               R"("HumanResourcesLookaheadQueryEnabled":true,"Recipients":"idm@contoso.com"})"}});

  SUBCASE("equal settings are sent as they are written there") {
    const std::string equal = replaced(live, "\"Enabled\": false", "\"Enabled\": \"True\"");
    const SecretsTarget same = target_of(notifying(), {{"SyncNotificationSettings", equal}});
    CHECK_FALSE(same.differs);
    CHECK(same.clear == Pairs{{"SyncNotificationSettings", equal}});
  }
  SUBCASE("a threshold that is switched off is none") {
    const std::string off =
        replaced(live, "\"DeleteThresholdEnabled\": true", "\"DeleteThresholdEnabled\": false");
    CHECK(target_of(notifying(), {{"SyncNotificationSettings", off}}).fields.back() ==
          schema::FieldChange{"deletions.threshold", nullptr, 500});
  }
  SUBCASE("a document that is none counts as empty, an empty text is never sent") {
    CHECK(target_of(notifying(), {{"SyncNotificationSettings", "[[["}}).fields.size() == 3);
    CHECK(target_of(bare("sf"), {{"SyncNotificationSettings", ""}}).clear.empty());
  }
}

TEST_CASE("a document under a clear key is compared by what it says") {
  model::DesiredApplication application = bare("sf");
  application.credentials = model::DesiredCredentials{};
  application.credentials->values = {{"Domain", R"({"a": 1, "b": [true]})", {}}};
  CHECK_FALSE(target_of(application, {{"Domain", R"({"b":[true],"a":1})"}}).differs);
  CHECK(target_of(application, {{"Domain", R"({"b":[false],"a":1})"}}).differs);
  CHECK(target_of(application, {{"Domain", "{"}}).differs);
}

TEST_CASE("a threshold that is written as a text is a number all the same") {
  model::DesiredApplication application = bare("sf");
  application.deletions = model::DesiredDeletions{500, std::nullopt, {}};
  const auto with = [](const std::string& value) {
    return std::vector<model::LiveSecret>{
        {"SyncNotificationSettings", R"({"DeleteThresholdValue":")" + value + "\"}"}};
  };
  CHECK_FALSE(target_of(application, with("500")).differs);
  CHECK(target_of(application, with("500x")).differs);
}

TEST_CASE("credentials beside secrets that stay as they are live cannot be tried") {
  model::LiveApplication live = settled(salesforce());
  std::erase_if(live.secrets,
                [](const model::LiveSecret& each) { return each.key == "SecretToken"; });
  live.secrets.push_back({"Oauth2ClientSecret", "*"});
  PlanContext context = plan_context(project({salesforce()}));
  const auto plan_with = [&](model::SecretsPut mode) {
    context.secrets_put = mode;
    return plan_application(salesforce(), found(live), context).changes;
  };
  CHECK(plan_with(model::SecretsPut::complete).at(0).status == ChangeStatus::blocked);
  const std::vector<Change> merged = plan_with(model::SecretsPut::merge);
  REQUIRE(merged.size() == 1);
  CHECK(merged[0].type == ChangeType::credentials_save);
  CHECK(merged[0].reason ==
        "SecretToken is not set; not tried on the target system first, since Oauth2ClientSecret "
        "stays as live");
  live.secrets.pop_back();
  CHECK(plan_with(model::SecretsPut::merge).at(0).type == ChangeType::credentials_validate);
}
