#include "tenant_fixture.h"

namespace syncwright::emulator {

namespace {

constexpr const char* unique_name = "syncwright/contoso/-/crm";
constexpr const char* by_key = "/applications(uniqueName='syncwright%2Fcontoso%2F-%2Fcrm')";

std::string path_of(const App& app) {
  return "/applications/" + app.application;
}

}  // namespace

TEST_CASE("an application claims its unique name once and is found by it") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  CHECK(fixture.get(by_key).status == 404);
  CHECK(fixture
            .send(http::HttpMethod::patch, path_of(app),
                  {{"uniqueName", unique_name}, {"displayName", "CRM of Contoso"}})
            .status == 204);
  const Answer found = fixture.get(by_key);
  CHECK(found.body["id"] == app.application);
  CHECK(found.body["displayName"] == "CRM of Contoso");
  CHECK(fixture.send(http::HttpMethod::patch, by_key, {{"notes", "by key"}}).status == 204);
  CHECK(fixture.get(path_of(app)).body["notes"] == "by key");
  CHECK(fixture.send(http::HttpMethod::patch, path_of(app), {{"uniqueName", unique_name}}).status ==
        204);
  for (const Json& value : {Json("other"), Json(nullptr)}) {
    CHECK(fixture.send(http::HttpMethod::patch, path_of(app), {{"uniqueName", value}}).status ==
          400);
  }
  CHECK(fixture.get(path_of(app)).body["uniqueName"] == unique_name);
}

TEST_CASE("a taken unique name is refused, by a deleted holder too, until it is purged") {
  TenantFixture fixture;
  const App first = fixture.instantiate();
  const App second = fixture.instantiate();
  const Json claim = {{"uniqueName", unique_name}};
  CHECK(fixture.send(http::HttpMethod::patch, path_of(first), claim).status == 204);
  const Answer taken = fixture.send(http::HttpMethod::patch, path_of(second), claim);
  CHECK(taken.status == 409);
  CHECK(taken.code() == "Request_MultipleObjectsWithSameKeyValue");
  CHECK(fixture.send(http::HttpMethod::del, path_of(first)).status == 204);
  CHECK(fixture.get(by_key).status == 404);
  CHECK(fixture.send(http::HttpMethod::patch, path_of(second), claim).status == 409);
  CHECK(
      fixture.send(http::HttpMethod::del, "/directory/deletedItems/" + first.application).status ==
      204);
  CHECK(fixture.send(http::HttpMethod::patch, path_of(second), claim).status == 204);
  CHECK(fixture.get(by_key).body["id"] == second.application);
}

TEST_CASE("a PATCH with a property that cannot be set changes nothing") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  for (const Json& extra : {Json{{"appId", "x"}}, Json{{"colour", "red"}}, Json{{"tags", "x"}},
                            Json{{"displayName", ""}}, Json{{"uniqueName", ""}},
                            Json{{"notes", std::string(1025, 'n')}}}) {
    Json body = {{"description", "changed"}};
    body.update(extra);
    const Answer refused = fixture.send(http::HttpMethod::patch, path_of(app), body);
    CHECK(refused.status == 400);
    CHECK(refused.code() == "Request_BadRequest");
  }
  CHECK(fixture.get(path_of(app)).body["description"].is_null());
  CHECK(fixture.send(http::HttpMethod::patch, "/applications/none", {{"notes", ""}}).status == 404);
}

TEST_CASE(
    "deleting an application takes its service principal and jobs along; restore brings back") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  fixture.job = fixture.create_job(app);
  CHECK(fixture.send(http::HttpMethod::del, path_of(app)).status == 204);
  CHECK(fixture.get(path_of(app)).status == 404);
  CHECK(fixture.get("/servicePrincipals/" + app.service_principal).status == 404);
  CHECK(fixture.send(http::HttpMethod::del, path_of(app)).status == 404);
  const Answer deleted = fixture.get("/directory/deletedItems/microsoft.graph.application");
  REQUIRE(deleted.body["value"].size() == 1);
  CHECK(deleted.body["value"][0]["id"] == app.application);
  CHECK(deleted.body["value"][0].contains("uniqueName"));
  CHECK(deleted.body["value"][0]["deletedDateTime"] == "2026-01-01T00:00:00Z");
  for (const std::string& id : {app.application, app.service_principal}) {
    CHECK(
        fixture.send(http::HttpMethod::post, "/directory/deletedItems/" + id + "/restore").status ==
        200);
  }
  CHECK(fixture.get(path_of(app)).status == 200);
  CHECK(fixture.get(TenantFixture::jobs(app)).body["value"].empty());
}

TEST_CASE("the service principal's own name does not follow the application's") {
  TenantFixture fixture;
  const App app = fixture.instantiate(crm_id, "Before");
  fixture.send(http::HttpMethod::patch, path_of(app), {{"displayName", "After"}});
  const Json service_principal = fixture.get("/servicePrincipals/" + app.service_principal).body;
  CHECK(service_principal["displayName"] == "Before");
  CHECK(service_principal["appDisplayName"] == "After");
}

}  // namespace syncwright::emulator
