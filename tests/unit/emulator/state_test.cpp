#include "tenant_fixture.h"

namespace syncwright::emulator {

namespace {

Result<std::unique_ptr<Tenant>> restored(const Json& state, Clock& clock) {
  return Tenant::restore(state, fabrikam(), clock, {});
}

}  // namespace

TEST_CASE("a tenant lives on in its state") {
  TenantFixture fixture;
  const App app = fixture.started();
  fixture.assign(app, sales);
  fixture.assign(app, cyn);
  fixture.send(HttpMethod::patch, "/applications/" + app.application, {{"uniqueName", "u"}});
  const App deleted = fixture.instantiate(crm_id, "Gone");
  fixture.send(HttpMethod::del, "/applications/" + deleted.application);
  Json schema = fixture.get(fixture.schema_path(app)).body;
  schema["extra"] = 1;
  fixture.send(HttpMethod::put, fixture.schema_path(app), schema);
  fixture.act(app, "start");
  fixture.status(app);
  const Json state = state_of(fixture.tenant);
  CHECK(state["formatVersion"] == 1);

  const auto again = restored(Json::parse(state.dump()), fixture.clock);
  REQUIRE(again.has_value());
  CHECK(state_of(**again) == state);
  CHECK((*again)->tenant_id() == fixture.tenant.tenant_id());
  HttpRequest request;
  request.url = "https://g/v1.0/applications(uniqueName='u')";
  request.headers.set("Authorization", "Bearer " + (*again)->issue_token());
  CHECK(TenantFixture::take((*again)->handle(request)).body["id"] == app.application);
  request.url = "https://g/v1.0" + fixture.schema_path(app);
  CHECK(TenantFixture::take((*again)->handle(request)).body["extra"] == 1);
}

TEST_CASE("time never runs back behind the state") {
  TenantFixture fixture;
  fixture.clock.advance(std::chrono::hours{5});
  const Json state = state_of(fixture.tenant);
  ManualClock earlier;
  const auto tenant = restored(state, earlier);
  REQUIRE(tenant.has_value());
  HttpRequest request;
  request.url = "https://g/v1.0/users";
  CHECK((*tenant)->handle(request).headers.get("Date") == "Thu, 01 Jan 2026 05:00:00 GMT");
}

TEST_CASE("a state of another version or with a broken part is refused by name") {
  TenantFixture fixture;
  fixture.instantiate();
  Json state = state_of(fixture.tenant);
  state["formatVersion"] = 2;
  CHECK(restored(state, fixture.clock).error().kind == ErrorKind::invalid_input);
  for (const char* part : {"applications", "servicePrincipals"}) {
    state = state_of(fixture.tenant);
    state[part][0]["versions"][0]["value"] = "x";
    const auto broken = restored(state, fixture.clock);
    REQUIRE_FALSE(broken.has_value());
    CHECK(broken.error().message.find(part) != std::string::npos);
  }
  CHECK_FALSE(restored(Json::array(), fixture.clock).has_value());
}

TEST_CASE("the revision grows with changes and cycles only") {
  TenantFixture fixture;
  CHECK(fixture.tenant.revision() == 0);
  const App app = fixture.started();
  const auto known = fixture.tenant.revision();
  CHECK(known == 3);
  fixture.get("/users");
  fixture.send(HttpMethod::patch, "/servicePrincipals/none", {{"notes", ""}});
  CHECK(fixture.tenant.revision() == known);
  fixture.act(app, "start");
  CHECK(fixture.tenant.revision() == known + 1);
  fixture.get("/users");
  CHECK(fixture.tenant.revision() == known + 2);
  fixture.get("/users");
  CHECK(fixture.tenant.revision() == known + 2);
}

}  // namespace syncwright::emulator
