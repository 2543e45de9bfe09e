#include "tenant_fixture.h"

namespace syncwright::emulator {

namespace {

std::string assignments_of(const App& app) {
  return "/servicePrincipals/" + app.service_principal + "/appRoleAssignedTo";
}

}  // namespace

TEST_CASE("a group or user is assigned a role, listed and removed") {
  TenantFixture fixture;
  const App app = fixture.instantiate(crm_id, "CRM");
  const Answer made = fixture.assign(app, sales);
  REQUIRE(made.status == 201);
  CHECK(made.body["principalType"] == "Group");
  CHECK(made.body["principalDisplayName"] == "Sales");
  CHECK(made.body["resourceDisplayName"] == "CRM");
  CHECK(made.body["createdDateTime"] == "2026-01-01T00:00:00Z");
  CHECK(made.body["id"].get<std::string>().size() == 43);
  CHECK(made.headers.get("Location").value_or("").ends_with(made.body["id"].get<std::string>()));
  CHECK(fixture.assign(app, ada).body["principalType"] == "User");
  CHECK(fixture.get(assignments_of(app)).body["value"].size() == 2);
  CHECK(
      fixture.filter(assignments_of(app), "principalDisplayName eq 'Sales'").body["value"].size() ==
      1);
  CHECK(fixture.filter(assignments_of(app), "principalId eq '1'").status == 400);
  CHECK(fixture.get("/beta" + assignments_of(app)).body["value"][0].contains("creationTimestamp"));
  const std::string one = assignments_of(app) + "/" + made.body["id"].get<std::string>();
  CHECK(fixture.send(http::HttpMethod::patch, one, {{"appRoleId", user_role}}).status == 405);
  CHECK(fixture.send(http::HttpMethod::del, one).status == 204);
  CHECK(fixture.send(http::HttpMethod::del, one).status == 404);
  CHECK(fixture.get(assignments_of(app)).body["value"].size() == 1);
}

TEST_CASE("assignments that make no sense are refused") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  const char* default_access = "00000000-0000-0000-0000-000000000000";
  CHECK(fixture.assign(app, sales, default_access).code() == "Request_BadRequest");
  CHECK(fixture.assign(app, sales, "99999999-0000-0000-0000-000000000000").status == 400);
  CHECK(fixture.assign(app, newsletter).message() == "Not a valid reference update.");
  CHECK(fixture.assign(app, "nobody").message() == "Not a valid reference update.");
  CHECK(fixture.send(http::HttpMethod::post, assignments_of(app), {{"principalId", ada}}).status ==
        400);
  CHECK(fixture.assign(app, ada).status == 201);
  const Answer twice = fixture.assign(app, ada);
  CHECK(twice.status == 400);
  CHECK(twice.code() == "Request_MultipleObjectsWithSameKeyValue");
}

TEST_CASE("default access is for applications without roles for users") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  fixture.send(http::HttpMethod::patch, "/servicePrincipals/" + app.service_principal,
               {{"appRoles", Json::array()}});
  CHECK(fixture.assign(app, ada, "00000000-0000-0000-0000-000000000000").status == 201);
}

}  // namespace syncwright::emulator
