#include <sys/stat.h>

#include <string>

#include "tenant_fixture.h"
#include "unit/temporary_folder.h"

namespace syncwright::emulator {

namespace {

constexpr const char* salesforce = "5af0c3d1-7b92-4e68-9c14-d36e8b20f57a";
constexpr const char* box = "4c4d15d4-d2fd-4ac0-9e57-566a2c92944b";
constexpr const char* amazon = "8b1025e4-1dd2-430b-a150-2ef79cd700f5";

struct GalleryFixture : TenantFixture {
  GalleryFixture() : TenantFixture({}, Catalog::built_in()) {}

  App run(const char* id, const std::string& template_id, const Json& secrets) {
    const App app = instantiate(id, "App");
    CHECK(put_secrets(app, secrets).status == 204);
    job = create_job(app, template_id);
    CHECK(act(app, "start").status == 204);
    CHECK(status(app)["code"] == "Active");
    return app;
  }

  std::size_t logged(const std::string& filter) {
    return this->filter("/auditLogs/provisioning", filter).body["value"].size();
  }
};

}  // namespace

TEST_CASE("Salesforce provisions the active members of an assigned group") {
  GalleryFixture fixture;
  const App app = fixture.instantiate(salesforce, "Salesforce");
  fixture.put_secrets(app, {{"UserName", "u"}, {"Password", "p"}, {"SecretToken", "t"}});
  const Json group = fixture.filter("/groups", "displayName eq 'Sales'").body["value"][0];
  const std::string members = "/groups/" + group["id"].get<std::string>() + "/members";
  std::size_t active = 0;
  const Json people = fixture.get(members + "?$select=id,accountEnabled").body["value"];
  for (const Json& person : people) active += person["accountEnabled"] == true ? 1 : 0;
  const Json roles = fixture.get("/servicePrincipals/" + app.service_principal).body["appRoles"];
  CHECK(fixture
            .assign(app, group["id"].get<std::string>().c_str(),
                    roles[0]["id"].get<std::string>().c_str())
            .status == 201);
  fixture.job = fixture.create_job(app, "SfOutDelta");
  fixture.act(app, "start");
  const Json run = fixture.status(app)["lastExecution"];
  CHECK(active > 3);
  CHECK(run["state"] == "Succeeded");
  CHECK(fixture.logged(
            "provisioningAction eq 'create' and sourceIdentity/identityType eq 'User'") == active);
  fixture.clock.advance(cycle_interval);
  CHECK(fixture.status(app)["lastExecution"]["countExports"] == 0);
}

TEST_CASE("Box refuses one login of the directory") {
  GalleryFixture fixture;
  fixture.run(box, "BoxOutDelta", {{"Oauth2AccessToken", "t"}, {"SyncAll", "true"}});
  const Answer failures =
      fixture.filter("/auditLogs/provisioning", "provisioningStatusInfo/status eq 'failure'");
  REQUIRE(failures.body["value"].size() == 1);
  CHECK(failures.body["value"][0]["provisioningStatusInfo"]["errorInformation"]["errorCode"] ==
        "BoxEntryConflict");
}

TEST_CASE("the functions of the gallery's mappings compute") {
  GalleryFixture fixture;
  fixture.run(salesforce, "SfOutDelta",
              {{"UserName", "u"}, {"Password", "p"}, {"SecretToken", "t"}, {"SyncAll", "true"}});
  const auto value = [&](const std::string& name, const std::string& attribute) -> Json {
    const Json entry =
        fixture.filter("/auditLogs/provisioning", "sourceIdentity/displayName eq '" + name + "'")
            .body["value"][0];
    for (const Json& property : entry["modifiedProperties"]) {
      if (property["displayName"] == attribute) return property["newValue"];
    }
    return nullptr;
  };
  CHECK(fixture.logged("provisioningStatusInfo/status eq 'failure'") == 0);
  CHECK(value("Bianca Pisani", "Alias") == "bianca.p");
  CHECK(value("Bianca Pisani", "CommunityNickname") == "Bianca.Pisani");
  CHECK(value("Bianca Pisani", "IsActive") == "True");
  CHECK(value("Bianca Pisani", "ProfileName") == "Chatter Free User");
  CHECK(value("Team Leads", "DeveloperName") == "Team_Leads");
}

TEST_CASE("every mapping of the gallery runs on every object of the demo tenant") {
  for (const GalleryEntry& entry : Catalog::built_in()->gallery) {
    for (const Json& sync_template : entry.synchronization_templates) {
      GalleryFixture fixture;
      Json secrets = {{"SyncAll", "true"}};
      for (const Json& key : entry.connector["requiredSecrets"]) {
        secrets[key.get<std::string>()] = "x";
      }
      CAPTURE(entry.application_template["displayName"]);
      fixture.run(entry.application_template["id"].get<std::string>().c_str(),
                  sync_template["id"].get<std::string>(), secrets);
      const Answer failures =
          fixture.filter("/auditLogs/provisioning", "provisioningStatusInfo/status eq 'failure'");
      for (const Json& failure : failures.body["value"]) {
        const Json& error = failure["provisioningStatusInfo"]["errorInformation"];
        CHECK(error["errorCode"] != "ExpressionEvaluationFailed");
      }
    }
  }
}

TEST_CASE("AWS Single-Account Access imports roles and provisions nobody") {
  GalleryFixture fixture;
  fixture.run(amazon, "aws", {{"ClientSecret", "c"}, {"SecretToken", "t"}, {"SyncAll", "true"}});
  CHECK(fixture.logged("tenantId eq '" + fixture.tenant.tenant_id() + "'") == 0);
}

TEST_CASE("a folder adds to the gallery, and a broken file in it is named") {
  CHECK(fabrikam()->find(crm_id) != nullptr);
  CHECK(fabrikam()->find(amazon) != nullptr);
  CHECK(fabrikam()->find("") == nullptr);
  const auto missing = Catalog::with_folder("/nonexistent/catalog");
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().message.find("/nonexistent/catalog") != std::string::npos);
}

TEST_CASE("a FIFO among the files of a catalog is refused unopened") {
  const TemporaryFolder folder;
  REQUIRE(::mkfifo((folder.path() / "app.json").c_str(), 0600) == 0);
  const auto refused = Catalog::with_folder(folder.path());
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().kind == ErrorKind::invalid_input);
  CHECK(refused.error().message ==
        "catalog: " + (folder.path() / "app.json").string() + " is a FIFO, not a regular file");
}

}  // namespace syncwright::emulator
