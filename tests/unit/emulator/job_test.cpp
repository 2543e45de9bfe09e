#include "tenant_fixture.h"

namespace syncwright::emulator {

namespace {

constexpr const char* never = "0001-01-01T00:00:00Z";

}  // namespace

TEST_CASE("templates of an application and of its service principal are the catalog's") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  const Answer list = fixture.get(TenantFixture::sync(app) + "/templates");
  REQUIRE(list.body["value"].size() == 2);
  CHECK(list.body["value"][0] == Json{{"id", "crm"},
                                      {"applicationId", "00000000-0000-0000-0000-000000000000"},
                                      {"default", true},
                                      {"description", "Users and groups"},
                                      {"discoverable", false},
                                      {"factoryTag", "crm"},
                                      {"metadata", Json::array()}});
  CHECK(fixture.get("/applications/" + app.application + "/synchronization/templates")
            .body["value"] == list.body["value"]);
  const Answer one = fixture.get(TenantFixture::sync(app) + "/templates/crm");
  CHECK(one.body["id"] == "crm");
  CHECK(one.body["@odata.context"] == "https://graph.example/v1.0/$metadata#servicePrincipals('" +
                                          app.service_principal +
                                          "')/synchronization/templates/$entity");
  CHECK(fixture.get(TenantFixture::sync(app) + "/templates/crm/schema").body["id"] ==
        "crm.00000000000000000000000000000000");
  CHECK(fixture.get(TenantFixture::sync(app) + "/templates/none").status == 404);
  CHECK(fixture.get("/servicePrincipals/none/synchronization/templates").status == 404);
}

TEST_CASE("a new job is paused and never ran") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  const Answer made =
      fixture.send(http::HttpMethod::post, TenantFixture::jobs(app), {{"templateId", "crm"}});
  REQUIRE(made.status == 201);
  const std::string id = made.body["id"];
  CHECK(id.starts_with("crm.11111111222243338444555555555555."));
  CHECK(made.headers.get("Location") == "https://graph.example/v1.0/servicePrincipals('" +
                                            app.service_principal + "')/synchronization/jobs('" +
                                            id + "')");
  Json body = fixture.get(TenantFixture::jobs(app) + "/" + id).body;
  body.erase("@odata.context");
  CHECK(body ==
        Json{{"id", id},
             {"templateId", "crm"},
             {"schedule", {{"expiration", nullptr}, {"interval", "PT40M"}, {"state", "Disabled"}}},
             {"status",
              {{"code", "Paused"},
               {"countSuccessiveCompleteFailures", 0},
               {"escrowsPruned", false},
               {"lastExecution", nullptr},
               {"lastSuccessfulExecution", nullptr},
               {"lastSuccessfulExecutionWithExports", nullptr},
               {"progress", Json::array()},
               {"quarantine", nullptr},
               {"steadyStateFirstAchievedTime", never},
               {"steadyStateLastAchievedTime", never},
               {"synchronizedEntryCountByType", Json::array()},
               {"troubleshootingUrl", nullptr}}},
             {"synchronizationJobSettings",
              {{{"name", "AzureIngestionAttributeOptimization"}, {"value", "False"}},
               {{"name", "LookaheadQueryEnabled"}, {"value", "False"}}}}});
}

TEST_CASE("a job needs a template of its service principal; a second job of one is allowed") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  const Answer refused = fixture.send(http::HttpMethod::post, TenantFixture::jobs(app),
                                      {{"templateId", "salesforce"}});
  CHECK(refused.status == 400);
  CHECK(refused.code() == "UnknownError");
  CHECK(Json::parse(refused.message())["error"]["code"] == "TemplateNotFound");
  fixture.create_job(app);
  fixture.create_job(app);
  CHECK(fixture.get(TenantFixture::jobs(app)).body["value"].size() == 2);
}

TEST_CASE("start, pause and delete") {
  TenantFixture fixture;
  const App app = fixture.started();
  const auto schedule = [&] {
    return fixture.get(TenantFixture::jobs(app) + "/" + fixture.job).body["schedule"]["state"];
  };
  CHECK(fixture.act(app, "start").status == 204);
  CHECK(schedule() == "Active");
  CHECK(fixture.status(app)["code"] == "Active");
  CHECK(fixture.act(app, "start").status == 204);
  CHECK(fixture.act(app, "pause").status == 204);
  CHECK(schedule() == "Disabled");
  CHECK(fixture.status(app)["code"] == "Paused");
  CHECK(fixture.act(app, "pause").status == 204);
  CHECK(fixture.act(app, "stop").status == 400);
  const std::string path = TenantFixture::jobs(app) + "/" + fixture.job;
  CHECK(fixture.send(http::HttpMethod::del, path).status == 204);
  CHECK(fixture.send(http::HttpMethod::del, path).status == 404);
  CHECK(fixture.act(app, "start").status == 404);
  CHECK_FALSE(fixture.get(TenantFixture::sync(app) + "/secrets").body["value"].empty());
}

TEST_CASE("a job that never had credentials starts, and is quarantined by its first cycle") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  fixture.job = fixture.create_job(app);
  CHECK(fixture.act(app, "start").status == 204);
  const Json status = fixture.status(app);
  CHECK(status["code"] == "Quarantine");
  CHECK(status["countSuccessiveCompleteFailures"] == 1);
  CHECK(status["lastExecution"]["state"] == "Failed");
  CHECK(status["lastSuccessfulExecution"].is_null());
  const Json& quarantine = status["quarantine"];
  CHECK(quarantine["reason"] == "EncounteredQuarantineException");
  CHECK(quarantine["error"]["code"] == "SystemForCrossDomainIdentityManagementInvalidCredentials");
  CHECK(quarantine["error"]["tenantActionable"] == true);
  CHECK(quarantine["currentBegan"] == "2026-01-01T00:00:00Z");
  CHECK(quarantine["nextAttempt"] == "2026-01-01T00:05:00Z");
  CHECK(quarantine["seriesCount"] == 1);
}

TEST_CASE("quarantine is left when the credentials work at the next attempt, or by start") {
  TenantFixture fixture;
  const App app = fixture.started({{"SecretToken", "invalid"}});
  fixture.act(app, "start");
  CHECK(fixture.status(app)["code"] == "Quarantine");
  fixture.save_secrets(app);
  fixture.clock.advance(std::chrono::minutes{5});
  CHECK(fixture.status(app)["code"] == "Active");
  CHECK(fixture.status(app)["quarantine"].is_null());
  CHECK(fixture.status(app)["countSuccessiveCompleteFailures"] == 0);

  fixture.save_secrets(app, {{"SecretToken", "*"}});
  fixture.clock.advance(cycle_interval);
  CHECK(fixture.status(app)["code"] == "Quarantine");
  fixture.save_secrets(app);
  fixture.act(app, "start");
  CHECK(fixture.status(app)["code"] == "Active");
}

TEST_CASE("after 28 days of quarantine the job is disabled") {
  TenantFixture fixture;
  const App app = fixture.started({{"SecretToken", "invalid"}});
  fixture.act(app, "start");
  for (int day = 0; day < 29; ++day) {
    fixture.token = fixture.tenant.issue_token();
    fixture.status(app);
    fixture.clock.advance(std::chrono::hours{24});
  }
  fixture.token = fixture.tenant.issue_token();
  const Answer job = fixture.get(TenantFixture::jobs(app) + "/" + fixture.job);
  CHECK(job.body["schedule"]["state"] == "Disabled");
  CHECK(job.body["status"]["code"] == "Quarantine");
}

TEST_CASE("restart reads the scope flags and starts a stopped job") {
  TenantFixture fixture;
  const App app = fixture.started();
  CHECK(fixture.act(app, "restart", {{"criteria", {{"resetScope", "watermark"}}}}).status == 400);
  CHECK(fixture.act(app, "restart", {{"criteria", {{"resetScope", "Watermark,Escrows"}}}}).status ==
        204);
  CHECK(fixture.status(app)["code"] == "Active");
  CHECK(fixture.act(app, "restart").status == 204);
}

TEST_CASE("the Location of a new job can be followed, and so can the paths below it") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  const Answer made =
      fixture.send(http::HttpMethod::post, TenantFixture::jobs(app), {{"templateId", "crm"}});
  const std::string root = "https://graph.example/v1.0";
  const std::string location = made.headers.get("Location")->substr(root.size());
  CHECK(fixture.get(location).body["id"] == made.body["id"]);
  CHECK(fixture.get(location + "/schema").body["id"] == made.body["id"]);
  CHECK(fixture.send(http::HttpMethod::post, location + "/start").status == 204);
  CHECK(fixture.get(TenantFixture::sync(app) + "/templates('crm')").body["id"] == "crm");
  CHECK(fixture.get(TenantFixture::jobs(app) + "('none')").status == 404);
  CHECK(fixture.get(TenantFixture::jobs(app) + "('')").status == 404);
  CHECK(fixture.get(TenantFixture::jobs(app) + "(id='x')").status == 400);
}

}  // namespace syncwright::emulator
