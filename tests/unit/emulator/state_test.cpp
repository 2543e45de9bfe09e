#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "syncwright/core/virtual_clock.h"
#include "tenant_fixture.h"

namespace syncwright::emulator {

namespace {

constexpr const char* other_tenant = "0bbbbbbb-0000-4000-8000-000000000000";
constexpr std::int64_t year_1 = -62'135'596'800'000;       // 0001-01-01T00:00:00Z
constexpr std::int64_t end_of_9999 = 253'402'300'799'999;  // 9999-12-31T23:59:59.999Z

/// A state that has every kind of time, and where each one lies in it.
Json state_with_times() {
  TenantFixture fixture;
  const App app = fixture.started();
  fixture.assign(app, ada);
  fixture.send(http::HttpMethod::patch, "/applications/" + app.application, {{"uniqueName", "u"}});
  Json state = state_of(fixture.tenant);
  state["jobs"][0]["escrows"]["User to User/x"] = {{"attempts", 1}, {"nextAttempt", 0}};
  return state;
}

const std::vector<std::pair<const char*, const char*>> times = {
    {"savedAt", "/savedAt"},
    {"applications", "/applications/0/created"},
    {"applications", "/applications/0/deleted"},
    {"applications", "/applications/0/versions/0/since"},
    {"servicePrincipals", "/servicePrincipals/0/created"},
    {"uniqueNames", "/uniqueNames/u/at"},
    {"assignments", "/assignments/0/created"},
    {"assignments", "/assignments/0/deleted"},
    {"jobs", "/jobs/0/created"},
    {"jobs", "/jobs/0/deleted"},
    {"jobs", "/jobs/0/nextCycle"},
    {"jobs", "/jobs/0/escrows/User to User~1x/nextAttempt"}};

Result<std::unique_ptr<Tenant>> restored(const Json& state, Clock& clock) {
  return Tenant::restore(state, fabrikam(), clock, {});
}

}  // namespace

TEST_CASE("a job's schema that is no document is a fault of the state") {
  const Json state = state_with_times();
  TenantFixture fixture;
  for (const Json& schema : {Json("x"), Json(1), Json(true), Json::array()}) {
    CAPTURE(schema.dump());
    Json broken = state;
    broken["jobs"][0]["schema"] = schema;
    const auto tenant = restored(broken, fixture.clock);
    REQUIRE_FALSE(tenant.has_value());
    CHECK(tenant.error().message == "the emulator's state has a broken 'jobs'");
  }
}

TEST_CASE("a tenant lives on in its state") {
  TenantFixture fixture;
  const App app = fixture.started();
  fixture.assign(app, sales);
  fixture.assign(app, cyn);
  fixture.send(http::HttpMethod::patch, "/applications/" + app.application, {{"uniqueName", "u"}});
  const App deleted = fixture.instantiate(crm_id, "Gone");
  fixture.send(http::HttpMethod::del, "/applications/" + deleted.application);
  Json schema = fixture.get(fixture.schema_path(app)).body;
  schema["extra"] = 1;
  fixture.send(http::HttpMethod::put, fixture.schema_path(app), schema);
  fixture.act(app, "start");
  fixture.status(app);
  const Json state = state_of(fixture.tenant);
  CHECK(state["formatVersion"] == 1);

  const auto again = restored(Json::parse(state.dump()), fixture.clock);
  REQUIRE(again.has_value());
  CHECK(state_of(**again) == state);
  CHECK((*again)->tenant_id() == fixture.tenant.tenant_id());
  http::HttpRequest request;
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
  http::HttpRequest request;
  request.url = "https://g/v1.0/users";
  CHECK((*tenant)->handle(request).headers.get("Date") == "Thu, 01 Jan 2026 05:00:00 GMT");
}

TEST_CASE("a clock that can be moved goes on where the state was saved") {
  TenantFixture fixture;
  fixture.clock.advance(std::chrono::hours{5});
  const Json state = state_of(fixture.tenant);
  const ManualClock wall;
  VirtualClock clock(wall);
  const auto tenant = restored(state, clock);
  REQUIRE(tenant.has_value());
  CHECK(clock.now() == wall.now() + std::chrono::hours{5});
  clock.advance(std::chrono::hours{1});
  http::HttpRequest request;
  request.url = "https://g/v1.0/users";
  CHECK((*tenant)->handle(request).headers.get("Date") == "Thu, 01 Jan 2026 06:00:00 GMT");
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

TEST_CASE("every time of a state lies in the years 1 to 9999") {
  ManualClock clock;
  const Json state = state_with_times();
  REQUIRE(restored(state, clock).has_value());
  for (const auto& [part, where] : times) {
    CAPTURE(where);
    const Json::json_pointer place(where);
    REQUIRE(state.contains(place));
    Json edited = state;
    for (const std::int64_t bound : {year_1, end_of_9999}) {
      edited[place] = bound;
      CHECK(restored(edited, clock).has_value());
    }
    const std::vector<Json> wrong = {year_1 - 1,
                                     end_of_9999 + 1,
                                     std::numeric_limits<std::int64_t>::min(),
                                     std::numeric_limits<std::int64_t>::max(),
                                     std::numeric_limits<std::uint64_t>::max(),
                                     0.5,
                                     "2026-01-01T00:00:00Z",
                                     true};
    for (const Json& value : wrong) {
      CAPTURE(value);
      edited[place] = value;
      const auto refused = restored(edited, clock);
      REQUIRE_FALSE(refused.has_value());
      CHECK(refused.error().kind == ErrorKind::invalid_input);
      CHECK(refused.error().message ==
            std::string("the emulator's state has a broken '") + part + "'");
    }
  }
}

TEST_CASE("a tenant at the end of time stands still, and can be saved and read again") {
  ManualClock clock;
  Json state = state_with_times();
  state["savedAt"] = end_of_9999;
  state["jobs"][0]["nextCycle"] = end_of_9999;
  state["jobs"][0]["escrows"] = Json::object();
  const auto tenant = restored(state, clock);
  REQUIRE(tenant.has_value());
  clock.advance(std::chrono::hours{1});
  http::HttpRequest request;
  request.url = "https://g/v1.0/users";
  request.headers.set("Authorization", "Bearer " + (*tenant)->issue_token());
  const http::HttpResponse answer = (*tenant)->handle(request);
  CHECK(answer.status == 200);
  CHECK(answer.headers.get("Date") == "Fri, 31 Dec 9999 23:59:59 GMT");
  const Json saved = state_of(**tenant);
  CHECK(saved["savedAt"] == end_of_9999);
  CHECK(saved["jobs"][0]["nextCycle"] == end_of_9999);
  CHECK(restored(saved, clock).has_value());
}

TEST_CASE("counts of a state are brought within bounds") {
  ManualClock clock;
  Json state = state_with_times();
  const std::string service_principal = state["jobs"][0]["servicePrincipal"];
  const auto read_back = [&](std::int64_t count) {
    Json edited = state;
    edited["jobs"][0]["escrows"]["User to User/x"]["attempts"] = count;
    edited["targets"][service_principal] = {{"accounts", Json::object()}, {"lastId", count}};
    const auto tenant = restored(edited, clock);
    REQUIRE(tenant.has_value());
    const Json saved = state_of(**tenant);
    return std::pair(saved["jobs"][0]["escrows"]["User to User/x"]["attempts"].get<std::int64_t>(),
                     saved["targets"][service_principal]["lastId"].get<std::int64_t>());
  };
  CHECK(read_back(7) == std::pair<std::int64_t, std::int64_t>(7, 7));
  CHECK(read_back(-1) == std::pair<std::int64_t, std::int64_t>(0, 0));
  CHECK(read_back(std::numeric_limits<std::int64_t>::max()) ==
        std::pair<std::int64_t, std::int64_t>(1'000'000, std::int64_t{1} << 53U));
}

TEST_CASE("a tenant id that is asked for becomes the state's") {
  TenantOptions options;
  options.tenant_id = other_tenant;
  TenantFixture fixture(options);
  CHECK(fixture.tenant.tenant_id() == other_tenant);
  CHECK(fixture.get("/organization").body["value"][0]["id"] == other_tenant);
  const App app = fixture.instantiate();
  CHECK(fixture.get("/servicePrincipals/" + app.service_principal).body["appOwnerOrganizationId"] ==
        other_tenant);
  Json state = state_of(fixture.tenant);
  CHECK(state["directory"]["tenant"] == Json{{"id", other_tenant},
                                             {"displayName", "Fabrikam"},
                                             {"defaultDomain", "fabrikam.example"}});

  const std::string third = "0ccccccc-0000-4000-8000-000000000000";
  options.tenant_id = third;
  const auto again = Tenant::restore(state, fabrikam(), fixture.clock, options);
  REQUIRE(again.has_value());
  CHECK((*again)->tenant_id() == third);
  const Json taken = state_of(**again);
  CHECK(taken["directory"]["tenant"]["id"] == third);
  state["directory"]["tenant"]["id"] = third;
  CHECK(taken == state);  // what was recorded before stays as it was
}

TEST_CASE("the revision grows with changes and cycles only") {
  TenantFixture fixture;
  CHECK(fixture.tenant.revision() == 0);
  const App app = fixture.started();
  const auto known = fixture.tenant.revision();
  CHECK(known == 3);
  fixture.get("/users");
  fixture.send(http::HttpMethod::patch, "/servicePrincipals/none", {{"notes", ""}});
  CHECK(fixture.tenant.revision() == known);
  fixture.act(app, "start");
  CHECK(fixture.tenant.revision() == known + 1);
  fixture.get("/users");
  CHECK(fixture.tenant.revision() == known + 2);
  fixture.get("/users");
  CHECK(fixture.tenant.revision() == known + 2);
}

}  // namespace syncwright::emulator
