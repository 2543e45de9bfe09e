#include <string>

#include "cycle_fixture.h"

namespace syncwright::emulator {

namespace {

/// A random source without surprises: counts up.
class CountingRandomSource final : public expression::RandomSource {
 public:
  std::string guid() override { return "00000000-0000-4000-8000-00000000000" + next(); }
  std::uint64_t below(std::uint64_t bound) override { return ++count_ % bound; }

 private:
  std::string next() { return std::to_string(++count_); }
  std::uint64_t count_ = 0;
};

Json filter_on_people(const Json& filter) {
  CycleFixture fixture(Json{{"SyncAll", "true"}});
  fixture.change_user_mapping([&](Json& users) { users["scope"] = filter; });
  fixture.start();
  fixture.status(fixture.app);
  return fixture.log("provisioningAction eq 'create' and sourceIdentity/identityType eq 'User'");
}

}  // namespace

TEST_CASE("functions compute what a cycle writes, from the directory and the tenant's clock") {
  CycleFixture fixture;
  fixture.assign(fixture.app, ada);
  fixture.map_person("displayName", R"(Join(" ", ToUpper([surname]), [givenName]))");
  fixture.map_person("office", R"(Replace([extensionAttribute10], "-", , , " ", , ))");
  fixture.map_person("origin", R"(IIF(IsPresent([mail]), "mail", "none"))");
  fixture.map_person("phone", R"(FormatDateTime(Now(), , "M/d/yyyy h:mm:ss tt", "yyyy-MM-dd"))");
  fixture.map_person("login", R"(Join("@", [mailNickname], DefaultDomain()))");
  fixture.start();
  fixture.status(fixture.app);
  CHECK(fixture.written("Ada Lind") == Json{{"active", "True"},
                                            {"displayName", "LIND Ada"},
                                            {"login", "ada@fabrikam.example"},
                                            {"office", "NTH 4"},
                                            {"origin", "mail"},
                                            {"phone", "2026-01-01"},
                                            {"userName", "ada@fabrikam.example"}});
}

TEST_CASE("a computed value is written again only when it changes") {
  CycleFixture fixture;
  fixture.assign(fixture.app, ada);
  fixture.map_person("displayName", R"(ToUpper([displayName]))");
  fixture.start();
  fixture.status(fixture.app);
  CHECK(fixture.next_cycle()["lastExecution"]["countExports"] == 0);
  fixture.map_person("displayName", R"(ToLower([displayName]))");
  CHECK(fixture.next_cycle()["lastExecution"]["countExports"] == 1);
  CHECK(fixture.written("Ada Lind", "update") == Json{{"displayName", "ada lind"}});
}

TEST_CASE("Switch on IsSoftDeleted disables who leaves and enables who returns") {
  CycleFixture fixture;
  fixture.map_person("active", R"(Switch([IsSoftDeleted], , "False", "yes", "True", "no"))");
  const std::string id = fixture.assign(fixture.app, ada).body["id"];
  fixture.start();
  fixture.status(fixture.app);
  CHECK(fixture.written("Ada Lind")["active"] == "yes");
  fixture.send(http::HttpMethod::del,
               "/servicePrincipals/" + fixture.app.service_principal + "/appRoleAssignedTo/" + id);
  fixture.next_cycle();
  CHECK(fixture.written("Ada Lind", "disable") == Json{{"active", "no"}});
  CHECK(fixture.next_cycle()["lastExecution"]["countExports"] == 0);
  fixture.assign(fixture.app, ada);
  fixture.next_cycle();
  CHECK(fixture.written("Ada Lind", "update") == Json{{"active", "yes"}});
  CHECK(fixture.log() ==
        "create success Ada Lind\ndisable success Ada Lind\nupdate success Ada Lind\n");
}

TEST_CASE("an account's values live on in the state") {
  CycleFixture fixture;
  fixture.assign(fixture.app, ada);
  fixture.start();
  fixture.status(fixture.app);
  const auto again = Tenant::restore(state_of(fixture.tenant), fabrikam(), fixture.clock, {});
  REQUIRE(again.has_value());
  fixture.clock.advance(cycle_interval);
  http::HttpRequest request;
  request.url = "https://g/v1.0" + TenantFixture::jobs(fixture.app) + "/" + fixture.job;
  request.headers.set("Authorization", "Bearer " + (*again)->issue_token());
  const Json run = TenantFixture::take((*again)->handle(request)).body["status"]["lastExecution"];
  CHECK(run["timeBegan"] == "2026-01-01T00:40:00Z");
  CHECK(run["countExports"] == 0);
}

TEST_CASE("regular expressions, bits and orderings decide the scope") {
  const std::string only_ada = "create success Ada Lind\n";
  const std::string only_dan = "create success Dan Roe\n";
  CHECK(filter_on_people(scope({clause("displayName", "REGEX MATCH", {"^A.*nd$"})})) == only_ada);
  CHECK(filter_on_people(scope({clause("mail", "NOT REGEX MATCH", {"^(ada|cyn)"})})) == only_dan);
  CHECK(filter_on_people(scope({clause("employeeId", "&", {"2"})})) == only_ada);
  CHECK(filter_on_people(scope({clause("employeeId", "!&", {"2"})})) == only_dan);
  CHECK(filter_on_people(scope({clause("employeeId", "Greater_Than", {"6"})})) == only_dan);
  CHECK(filter_on_people(scope({clause("employeeId", "Greater_Than_OR_EQUALS", {"6"})})) ==
        only_ada + only_dan);
}

TEST_CASE("the log says which clause kept an object out") {
  CycleFixture fixture;
  fixture.assign(fixture.app, ada);
  fixture.change_user_mapping(
      [](Json& users) { users["scope"] = scope({clause("department", "EQUALS", {"Support"})}); });
  fixture.start();
  fixture.status(fixture.app);
  const Json entry = fixture.get("/auditLogs/provisioning").body["value"][0];
  const Json& error = entry["provisioningStatusInfo"]["errorInformation"];
  CHECK(error["errorCode"] == "NotEffectivelyEntitled");
  const Json& scoping = entry["provisioningSteps"][1];
  CHECK(scoping["status"] == "skipped");
  CHECK(scoping["description"].get<std::string>().find("value was 'Sales'") != std::string::npos);
  CHECK(scoping["details"]["Scoping filter evaluation passed"] == "False");
  CHECK(scoping["details"]["ScopeEvaluationResult"] == R"({"department EQUALS Support":false})");
  CHECK(entry["provisioningSteps"].back()["name"] == "EntrySynchronizationSkip");
}

TEST_CASE("an expression that fails escrows the object until it is mended") {
  CycleFixture fixture;
  fixture.assign(fixture.app, ada);
  fixture.assign(fixture.app, dan);
  fixture.map_person("office", R"(IIF([extensionAttribute10] = "NTH-4", "north", "south"))");
  fixture.start();
  const Json status = fixture.status(fixture.app);
  CHECK(status["code"] == "Active");
  CHECK(status["lastExecution"]["state"] == "EntryLevelErrors");
  CHECK(status["lastExecution"]["countEscrowed"] == 1);
  CHECK(fixture.log() == "create success Ada Lind\ncreate failure Dan Roe\n");
  const Json failure =
      fixture.filter("/auditLogs/provisioning", "provisioningStatusInfo/status eq 'failure'")
          .body["value"][0];
  const Json& error = failure["provisioningStatusInfo"]["errorInformation"];
  CHECK(error["errorCode"] == "ExpressionEvaluationFailed");
  CHECK(error["reason"].get<std::string>().starts_with("`=`: compares nothing with `NTH-4`"));
  CHECK(failure["modifiedProperties"].empty());

  fixture.map_person("office", R"(Coalesce([extensionAttribute10], "none"))");
  const Json mended = fixture.next_cycle();
  CHECK(mended["lastExecution"]["state"] == "Succeeded");
  CHECK(mended["lastExecution"]["countEscrowed"] == 0);
  CHECK(fixture.written("Dan Roe")["office"] == "none");
}

TEST_CASE("role functions read the app roles of the assignments") {
  CycleFixture fixture;
  fixture.map_person("office", "SingleAppRoleAssignment([appRoleAssignments])");
  fixture.assign(fixture.app, ada);
  fixture.assign(fixture.app, sales);
  fixture.start();
  fixture.status(fixture.app);
  CHECK(fixture.written("Ada Lind")["office"] == "User");
  CHECK(fixture.written("Dan Roe")["office"] == "User");
}

TEST_CASE("random values are the tenant's, and unique values look at the target") {
  CountingRandomSource random;
  TenantOptions options;
  options.random = &random;
  CycleFixture fixture(Json::object(), options);
  fixture.map_person("office", "Guid()");
  fixture.map_person("login", R"(SelectUniqueValue([department], Join("-", [department], "2")))");
  fixture.change_user_mapping([](Json& users) {
    for (Json& held : users["attributeMappings"]) {
      if (held["targetAttributeName"] == "office") held["flowType"] = "ObjectAddOnly";
    }
  });
  fixture.assign(fixture.app, ada);
  fixture.assign(fixture.app, dan);
  fixture.start();
  fixture.status(fixture.app);
  CHECK(fixture.written("Ada Lind")["office"] == "00000000-0000-4000-8000-000000000001");
  CHECK(fixture.written("Dan Roe")["office"] == "00000000-0000-4000-8000-000000000002");
  CHECK(fixture.written("Ada Lind")["login"] == "Sales");
  CHECK(fixture.written("Dan Roe")["login"] == "Sales-2");
  CHECK(fixture.next_cycle()["lastExecution"]["countExports"] == 0);
}

TEST_CASE("Redact hides a value from the log") {
  CycleFixture fixture;
  fixture.assign(fixture.app, ada);
  fixture.map_person("phone", "Redact([telephoneNumber])");
  fixture.start();
  fixture.status(fixture.app);
  CHECK(fixture.written("Ada Lind")["phone"] == "[Redact]");
  CHECK(fixture.get("/auditLogs/provisioning").body.dump().find("0101") == std::string::npos);
}

TEST_CASE("a schema that cannot run quarantines the job, and mending it ends that") {
  CycleFixture fixture;
  fixture.assign(fixture.app, ada);
  fixture.change_user_mapping(
      [](Json& users) { users["scope"] = scope({clause("department", "LOOKS LIKE", {"S"})}); });
  fixture.start();
  const Json status = fixture.status(fixture.app);
  CHECK(status["code"] == "Quarantine");
  CHECK(status["quarantine"]["error"]["code"] == "SchemaInvalid");
  CHECK(status["quarantine"]["error"]["message"].get<std::string>().find("LOOKS LIKE") !=
        std::string::npos);
  fixture.change_user_mapping([](Json& users) { users["scope"] = nullptr; });
  fixture.act(fixture.app, "restart");
  CHECK(fixture.status(fixture.app)["code"] == "Active");
}

}  // namespace syncwright::emulator
