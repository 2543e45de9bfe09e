#include "tenant_fixture.h"

namespace syncwright::emulator {

namespace {

constexpr Milliseconds delay{3000};

TenantOptions delayed() {
  TenantOptions options;
  options.replication_delay = delay;
  return options;
}

bool is_listed(TenantFixture& fixture, const std::string& filter) {
  return !fixture.filter("/servicePrincipals", filter).body["value"].empty();
}

}  // namespace

TEST_CASE("a new object is seen by id after the delay and in lists after twice the delay") {
  TenantFixture fixture(delayed());
  const App app = fixture.instantiate(crm_id, "New");
  const std::string path = "/servicePrincipals/" + app.service_principal;
  CHECK(fixture.get(path).status == 404);
  CHECK(fixture.send(http::HttpMethod::patch, path, {{"notes", "n"}}).status == 404);
  CHECK(fixture.send(http::HttpMethod::del, "/applications/" + app.application).status == 404);
  fixture.clock.advance(delay);
  CHECK(fixture.get(path).status == 200);
  CHECK(fixture.get("/servicePrincipals(appId='" + app.app_id + "')").status == 200);
  CHECK_FALSE(is_listed(fixture, "displayName eq 'New'"));
  fixture.clock.advance(delay);
  CHECK(is_listed(fixture, "displayName eq 'New'"));
}

TEST_CASE("a change is seen by id at once and in the index of lists later") {
  TenantFixture fixture(delayed());
  const App app = fixture.instantiate(crm_id, "Old");
  const std::string path = "/servicePrincipals/" + app.service_principal;
  fixture.clock.advance(2 * delay);
  fixture.send(http::HttpMethod::patch, path, {{"displayName", "Renamed"}, {"tags", {"mine"}}});
  CHECK(fixture.get(path).body["displayName"] == "Renamed");
  CHECK_FALSE(is_listed(fixture, "tags/any(t:t eq 'mine')"));
  CHECK(is_listed(fixture, "displayName eq 'Old'"));
  CHECK_FALSE(is_listed(fixture, "startswith(displayName,'Ren')"));
  fixture.clock.advance(2 * delay);
  CHECK(is_listed(fixture, "tags/any(t:t eq 'mine')"));
  CHECK_FALSE(is_listed(fixture, "displayName eq 'Old'"));
  CHECK(is_listed(fixture, "startswith(displayName,'Ren')"));
}

TEST_CASE("a claim is found by key after the delay, but conflicts are seen at once") {
  TenantFixture fixture(delayed());
  const App first = fixture.instantiate();
  const App second = fixture.instantiate();
  fixture.clock.advance(2 * delay);
  const auto claim = [&](const App& app) {
    return fixture.send(http::HttpMethod::patch, "/applications/" + app.application,
                        {{"uniqueName", "u"}});
  };
  CHECK(claim(first).status == 204);
  CHECK(fixture.get("/applications(uniqueName='u')").status == 404);
  CHECK(claim(second).status == 409);
  fixture.clock.advance(delay);
  CHECK(fixture.get("/applications(uniqueName='u')").body["id"] == first.application);
}

TEST_CASE("a deleted object stays readable for the delay, and writable no more") {
  TenantFixture fixture(delayed());
  const App app = fixture.instantiate(crm_id, "Doomed");
  const std::string path = "/applications/" + app.application;
  fixture.clock.advance(2 * delay);
  CHECK(fixture.send(http::HttpMethod::del, path).status == 204);
  CHECK(fixture.get(path).status == 200);
  CHECK(fixture.send(http::HttpMethod::patch, path, {{"notes", "n"}}).status == 404);
  CHECK(fixture.get("/directory/deletedItems/microsoft.graph.application").body["value"].empty());
  fixture.clock.advance(delay);
  CHECK(fixture.get(path).status == 404);
  CHECK(is_listed(fixture, "displayName eq 'Doomed'"));
  CHECK(fixture.get("/directory/deletedItems/microsoft.graph.application").body["value"].size() ==
        1);
  fixture.clock.advance(delay);
  CHECK_FALSE(is_listed(fixture, "displayName eq 'Doomed'"));
}

TEST_CASE("templates of a new service principal fail, then are empty, then there") {
  TenantFixture fixture(delayed());
  const App app = fixture.instantiate();
  const std::string path = TenantFixture::sync(app) + "/templates";
  CHECK(fixture.get(path).status == 404);
  fixture.clock.advance(delay);
  CHECK(fixture.get(path).code() == "UnknownError");
  CHECK(fixture.send(http::HttpMethod::post, TenantFixture::jobs(app), {{"templateId", "crm"}})
            .code() == "UnknownError");
  fixture.clock.advance(delay / 2);
  CHECK(fixture.get(path).body["value"].empty());
  fixture.clock.advance(delay / 2);
  CHECK(fixture.get(path).body["value"].size() == 2);
  fixture.job = fixture.create_job(app);
}

TEST_CASE("jobs and assignments are seen after the delay") {
  TenantFixture fixture(delayed());
  const App app = fixture.instantiate();
  const std::string assignments =
      "/servicePrincipals/" + app.service_principal + "/appRoleAssignedTo";
  CHECK(fixture.assign(app, sales).status == 404);
  fixture.clock.advance(2 * delay);
  fixture.job = fixture.create_job(app);
  CHECK(fixture.assign(app, sales).status == 201);
  CHECK(fixture.get(TenantFixture::jobs(app)).body["value"].empty());
  CHECK(fixture.act(app, "start").status == 404);
  CHECK(fixture.send(http::HttpMethod::put, fixture.schema_path(app), Json::object()).status ==
        404);
  CHECK(fixture.get(assignments).body["value"].empty());
  CHECK(fixture.assign(app, sales).status == 400);
  fixture.clock.advance(delay);
  CHECK(fixture.get(TenantFixture::jobs(app)).body["value"].size() == 1);
  CHECK(fixture.act(app, "start").status == 204);
  CHECK(fixture.get(assignments).body["value"].size() == 1);
  CHECK(fixture.send(http::HttpMethod::del, TenantFixture::jobs(app) + "/" + fixture.job).status ==
        204);
  CHECK(fixture.get(TenantFixture::jobs(app) + "/" + fixture.job).status == 200);
  CHECK(fixture.act(app, "start").status == 404);
  fixture.clock.advance(delay);
  CHECK(fixture.get(TenantFixture::jobs(app) + "/" + fixture.job).status == 404);
}

}  // namespace syncwright::emulator
