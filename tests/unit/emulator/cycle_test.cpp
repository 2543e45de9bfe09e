#include <string>

#include "cycle_fixture.h"

namespace syncwright::emulator {

TEST_CASE("the first cycle provisions assigned people and groups, and counts them") {
  CycleFixture fixture;
  fixture.assign(fixture.app, sales);
  fixture.start();
  const Json status = fixture.status(fixture.app);
  CHECK(fixture.log() ==
        "create success Ada Lind\n"
        "other skipped Bo O'Neil\n"
        "create success Dan Roe\n"
        "create success Sales\n");
  CHECK(status["code"] == "Active");
  const Json& run = status["lastExecution"];
  CHECK(run["state"] == "Succeeded");
  CHECK(run["countEntitled"] == 4);
  CHECK(run["countEntitledForProvisioning"] == 3);
  CHECK(run["countImported"] == 6);
  CHECK(run["countExported"] == 3);
  CHECK(run["countEscrowed"] == 0);
  CHECK(run["error"].is_null());
  CHECK(run["timeBegan"] == "2026-01-01T00:00:00Z");
  CHECK(status["lastSuccessfulExecution"] == run);
  CHECK(status["lastSuccessfulExecutionWithExports"] == run);
  CHECK(status["steadyStateFirstAchievedTime"] == run["timeEnded"]);
  CHECK(status["synchronizedEntryCountByType"] ==
        Json::array(
            {{{"key", "Group to Team"}, {"value", 1}}, {{"key", "User to Person"}, {"value", 2}}}));
}

TEST_CASE("the second cycle finds nothing to do") {
  CycleFixture fixture;
  fixture.assign(fixture.app, sales);
  fixture.start();
  const Json first = fixture.status(fixture.app);
  const std::string log = fixture.log();
  const Json second = fixture.next_cycle();
  CHECK(fixture.log() == log);
  CHECK(second["lastExecution"]["countExports"] == 0);
  CHECK(second["lastExecution"]["timeBegan"] == "2026-01-01T00:40:00Z");
  CHECK(second["lastSuccessfulExecutionWithExports"] == first["lastExecution"]);
  CHECK(second["steadyStateFirstAchievedTime"] == first["steadyStateFirstAchievedTime"]);
}

TEST_CASE("attributes, constants, functions, defaults and references are flowed") {
  CycleFixture fixture;
  fixture.assign(fixture.app, sales);
  fixture.start();
  fixture.status(fixture.app);
  CHECK(fixture.written("Dan Roe") == Json{{"userName", "dan@fabrikam.example"},
                                           {"displayName", "Dan Roe"},
                                           {"active", "True"},
                                           {"phone", "none"},
                                           {"login", "dan"},
                                           {"origin", "entra"}});
  CHECK(fixture.written("Ada Lind")["phone"] == "+00 555 0101");
  CHECK(fixture.written("Sales") == Json{{"name", "Sales"}, {"people", "5001, 5002"}});
}

TEST_CASE("SyncAll provisions everybody who is active") {
  CycleFixture fixture(Json{{"SyncAll", "True"}});
  fixture.start();
  const Json status = fixture.status(fixture.app);
  CHECK(status["lastExecution"]["countEntitled"] == 6);
  CHECK(status["lastExecution"]["countExported"] == 4);
  CHECK(fixture.log("provisioningStatusInfo/status eq 'failure'") == "create failure Cyn Moe\n");
}

TEST_CASE("a new mapping updates the accounts in the next cycle") {
  CycleFixture fixture;
  fixture.assign(fixture.app, ada);
  fixture.start();
  fixture.status(fixture.app);
  fixture.change_user_mapping([](Json& users) {
    users["attributeMappings"].push_back(mapping("office", "extensionAttribute10"));
  });
  const Json status = fixture.next_cycle();
  CHECK(status["lastExecution"]["countExported"] == 1);
  const Answer updates =
      fixture.filter("/auditLogs/provisioning", "provisioningAction eq 'update'");
  REQUIRE(updates.body["value"].size() == 1);
  CHECK(updates.body["value"][0]["modifiedProperties"] ==
        Json::array({{{"displayName", "office"}, {"oldValue", nullptr}, {"newValue", "NTH-4"}}}));
  CHECK(updates.body["value"][0]["targetIdentity"]["id"] == "5001");
}

TEST_CASE("an ObjectAddOnly attribute is not updated") {
  CycleFixture fixture;
  fixture.assign(fixture.app, ada);
  fixture.start();
  fixture.status(fixture.app);
  fixture.change_user_mapping([](Json& users) {
    for (Json& held : users["attributeMappings"]) {
      if (held["targetAttributeName"] == "login") held["source"]["name"] = "mail";
    }
  });
  CHECK(fixture.next_cycle()["lastExecution"]["countExported"] == 0);
}

TEST_CASE("who leaves is disabled, and enabled again on return") {
  CycleFixture fixture;
  const std::string id = fixture.assign(fixture.app, ada).body["id"];
  fixture.start();
  fixture.status(fixture.app);
  fixture.send(http::HttpMethod::del,
               "/servicePrincipals/" + fixture.app.service_principal + "/appRoleAssignedTo/" + id);
  fixture.next_cycle();
  fixture.next_cycle();
  fixture.assign(fixture.app, ada);
  fixture.next_cycle();
  CHECK(fixture.log() ==
        "create success Ada Lind\n"
        "disable success Ada Lind\n"
        "update success Ada Lind\n");
  const Answer disabled =
      fixture.filter("/auditLogs/provisioning", "provisioningAction eq 'disable'");
  CHECK(disabled.body["value"][0]["modifiedProperties"] ==
        Json::array({{{"displayName", "active"}, {"oldValue", "True"}, {"newValue", "False"}}}));
}

TEST_CASE("an object without an activity attribute is deleted when it leaves") {
  CycleFixture fixture;
  const std::string id = fixture.assign(fixture.app, sales).body["id"];
  fixture.start();
  fixture.status(fixture.app);
  fixture.send(http::HttpMethod::del,
               "/servicePrincipals/" + fixture.app.service_principal + "/appRoleAssignedTo/" + id);
  const Json status = fixture.next_cycle();
  CHECK(fixture.log("provisioningAction eq 'delete'") == "delete success Sales\n");
  CHECK(status["synchronizedEntryCountByType"].size() == 1);
}

TEST_CASE("SkipOutOfScopeDeletions spares who leaves") {
  CycleFixture fixture(Json{{"SkipOutOfScopeDeletions", "True"}});
  const std::string id = fixture.assign(fixture.app, ada).body["id"];
  fixture.start();
  fixture.status(fixture.app);
  fixture.send(http::HttpMethod::del,
               "/servicePrincipals/" + fixture.app.service_principal + "/appRoleAssignedTo/" + id);
  CHECK(fixture.next_cycle()["lastExecution"]["countExported"] == 0);
}

TEST_CASE("flowTypes and enabled gate what a mapping does") {
  SUBCASE("no Add") {
    CycleFixture fixture(Json{{"SyncAll", "true"}});
    fixture.change_user_mapping([](Json& users) { users["flowTypes"] = "Update,Delete"; });
    fixture.start();
    fixture.status(fixture.app);
    CHECK(fixture.log("provisioningAction eq 'create' and sourceIdentity/identityType eq 'User'")
              .empty());
  }
  SUBCASE("disabled") {
    CycleFixture fixture(Json{{"SyncAll", "true"}});
    fixture.change_user_mapping([](Json& users) { users["enabled"] = false; });
    fixture.start();
    fixture.status(fixture.app);
    CHECK(fixture.log() == "create success Sales\ncreate success Newsletter\n");
  }
}

TEST_CASE("scoping filters join groups by or and clauses by and") {
  const auto created_with = [](const Json& filter) {
    CycleFixture fixture(Json{{"SyncAll", "true"}});
    fixture.change_user_mapping([&](Json& users) { users["scope"] = filter; });
    fixture.start();
    fixture.status(fixture.app);
    return fixture.log(
        "provisioningAction eq 'create' and sourceIdentity/identityType eq 'User' and "
        "provisioningStatusInfo/status eq 'success'");
  };
  const std::string only_ada = "create success Ada Lind\n";
  const std::string only_dan = "create success Dan Roe\n";
  CHECK(created_with(scope({clause("department", "EQUALS", {"Sales"})})) == only_ada + only_dan);
  CHECK(created_with(scope({clause("department", "EQUALS", {"sales"})})).empty());
  CHECK(created_with(scope({clause("department", "EQUALS", {"Sales"}),
                            clause("extensionAttribute10", "IS NOT NULL")})) == only_ada);
  CHECK(created_with(scope({clause("extensionAttribute10", "IS NULL")})) == only_dan);
  CHECK(created_with(scope({clause("userPrincipalName", "ENDS_WITH", {"a@fabrikam.example"})})) ==
        only_ada);
  CHECK(created_with(scope({clause("mailNickname", "Includes", {"an"})})) == only_dan);
  CHECK(created_with(scope({clause("IsSoftDeleted", "IS TRUE")})).empty());
  CHECK(created_with(scope({clause("department", "NOT EQUALS", {"Sales"})})).empty());
  Json either = scope({clause("mailNickname", "EQUALS", {"ada"})});
  either["groups"].push_back(
      {{"name", "h"}, {"clauses", std::vector<Json>{clause("mailNickname", "EQUALS", {"dan"})}}});
  CHECK(created_with(either) == only_ada + only_dan);
}

TEST_CASE("an object that the target refuses waits in escrow and is tried again") {
  CycleFixture fixture;
  fixture.assign(fixture.app, cyn);
  fixture.start();
  const Json status = fixture.status(fixture.app);
  CHECK(status["code"] == "Active");
  CHECK(status["lastExecution"]["state"] == "EntryLevelErrors");
  CHECK(status["lastExecution"]["countEscrowed"] == 1);
  CHECK(status["steadyStateFirstAchievedTime"] == "0001-01-01T00:00:00Z");
  const Answer failures =
      fixture.filter("/auditLogs/provisioning", "provisioningStatusInfo/status eq 'failure'");
  const Json& error = failures.body["value"][0]["provisioningStatusInfo"]["errorInformation"];
  CHECK(error["errorCode"] == "CrmEntryConflict");
  CHECK(error["reason"] == "The login is in use.");
  CHECK(error["errorCategory"] == "nonServiceFailure");
  fixture.next_cycle();
  fixture.next_cycle();
  fixture.next_cycle();
  CHECK(fixture.log() ==
        "create failure Cyn Moe\ncreate failure Cyn Moe\ncreate failure Cyn Moe\n");
}

TEST_CASE("a new job links the accounts that it finds by matching attribute") {
  CycleFixture fixture;
  fixture.assign(fixture.app, ada);
  fixture.start();
  fixture.status(fixture.app);
  fixture.send(http::HttpMethod::del, TenantFixture::jobs(fixture.app) + "/" + fixture.job);
  fixture.job = fixture.create_job(fixture.app);
  fixture.start();
  const Json status = fixture.status(fixture.app);
  CHECK(fixture.log() == "create success Ada Lind\nother success Ada Lind\n");
  CHECK(status["lastExecution"]["countExported"] == 0);
  CHECK(status["synchronizedEntryCountByType"][0]["value"] == 1);
}

TEST_CASE("going from SyncAll to assigned needs a restart before leavers are handled") {
  CycleFixture fixture(Json{{"SyncAll", "true"}});
  fixture.start();
  fixture.status(fixture.app);
  fixture.put_secrets(fixture.app, {{"SyncAll", "false"}});
  CHECK(fixture.next_cycle()["lastExecution"]["countExports"] == 0);
  fixture.act(fixture.app, "restart");
  fixture.status(fixture.app);
  CHECK(fixture.log("provisioningAction eq 'disable'") ==
        "disable success Ada Lind\ndisable success Dan Roe\n");
}

TEST_CASE("too many deletions quarantine the job until they are forced") {
  CycleFixture fixture(Json{
      {"SyncAll", "true"},
      {"SyncNotificationSettings", R"({"DeleteThresholdEnabled":true,"DeleteThresholdValue":2})"}});
  fixture.start();
  fixture.status(fixture.app);
  fixture.put_secrets(fixture.app, {{"SyncAll", "false"}});
  fixture.clock.advance(cycle_interval);
  fixture.act(fixture.app, "restart");
  const Json status = fixture.status(fixture.app);
  CHECK(status["code"] == "Quarantine");
  CHECK(status["quarantine"]["reason"] == "TooManyDeletes");
  CHECK(status["quarantine"]["nextAttempt"] == "2026-01-01T06:40:00Z");
  CHECK(fixture.log("provisioningAction eq 'disable' or provisioningAction eq 'delete'").empty());
  CHECK(fixture.log("provisioningAction eq 'stagedDelete'").find("Ada Lind") != std::string::npos);
  fixture.act(fixture.app, "restart", {{"criteria", {{"resetScope", "ForceDeletes"}}}});
  CHECK(fixture.status(fixture.app)["code"] == "Active");
  CHECK(fixture.log("provisioningAction eq 'disable'") ==
        "disable success Ada Lind\ndisable success Dan Roe\n");
}

TEST_CASE("a connector that only imports roles runs and logs nothing") {
  TenantFixture fixture;
  const App app = fixture.instantiate(cloud_id, "Cloud");
  fixture.job = fixture.create_job(app, "cloud");
  fixture.act(app, "start");
  const Json status = fixture.status(app);
  CHECK(status["code"] == "Active");
  CHECK(status["lastExecution"]["state"] == "Succeeded");
  CHECK(status["lastExecution"]["countImported"] == 1);
  CHECK(fixture.get("/auditLogs/provisioning").body["value"].empty());
}

TEST_CASE("cycles that nobody watched are made up for in two") {
  CycleFixture fixture;
  fixture.assign(fixture.app, ada);
  fixture.start();
  fixture.clock.advance(std::chrono::hours{24 * 7} + std::chrono::minutes{5});
  fixture.token = fixture.tenant.issue_token();
  const Json status = fixture.status(fixture.app);
  CHECK(status["lastExecution"]["timeBegan"] == "2026-01-08T00:00:00Z");
  CHECK(fixture.log() == "create success Ada Lind\n");
}

}  // namespace syncwright::emulator
