#include "people_fixture.h"

/// An option that is not honoured is an error, never silence.
namespace syncwright::emulator {

TEST_CASE("an option of a read that nobody honours is refused") {
  PeopleFixture fixture;
  const std::string user = std::string("/users/") + ada;
  for (const std::string& path :
       {user + "?$filter=id%20eq%20'x'", user + "?$top=1",
        std::string("/organization?$search=%22displayName:x%22"),
        std::string("/auditLogs/provisioning?$search=%22jobId:x%22"),
        std::string("/auditLogs/provisioning?$count=true"), std::string("/users/$count?$top=1"),
        std::string("/users?$skip=1")}) {
    CAPTURE(path);
    const bool is_count = path.find("/$count") != std::string::npos;
    if (is_count) fixture.headers.set("ConsistencyLevel", "eventual");
    const Answer answer = fixture.get(path);
    CHECK(answer.status == 400);
    CHECK(answer.code() == "Request_UnsupportedQuery");
  }
  const App app = fixture.instantiate();
  for (const std::string& path : {"/servicePrincipals/" + app.service_principal,
                                  std::string("/servicePrincipals"), std::string("/users")}) {
    CAPTURE(path);
    CHECK(fixture.get(path + "?$expand=createdObjects").status == 400);
  }
}

TEST_CASE("what is no option at all is refused by the gateway, a client's own parameter is not") {
  PeopleFixture fixture;
  CHECK(fixture.get("/users?$colour=red").code() == "BadRequest");
  CHECK(fixture.get("/users?$top=1&$TOP=2").code() == "BadRequest");
  CHECK(fixture.get("/users?$count=maybe").code() == "BadRequest");
  CHECK(fixture.get("/users?$format=xml").code() == "BadRequest");
  CHECK(fixture.get("/users?$format=json&api-version=1&colour=red").status == 200);
}

TEST_CASE("a write with an option is refused, and nothing is written") {
  PeopleFixture fixture;
  const std::string id = fixture.user();
  CHECK(fixture.patch("/users/" + id + "?$select=id", {{"jobTitle", "Analyst"}}).code() ==
        "Request_UnsupportedQuery");
  CHECK(fixture.get("/users/" + id).body["jobTitle"].is_null());
  CHECK(fixture.remove("/users/" + id + "?$filter=x").status == 400);
  CHECK(fixture.get("/users/" + id).status == 200);
}

TEST_CASE("the synchronization resources pass over options, as no page of theirs names one") {
  PeopleFixture fixture;
  const App app = fixture.instantiate();
  fixture.job = fixture.create_job(app);
  const std::string jobs = TenantFixture::jobs(app);
  CHECK(fixture.get(jobs + "?$filter=colour%20eq%20'red'&$top=1").body["value"].size() == 1);
  CHECK(fixture.get(jobs + "/" + fixture.job + "?$select=id").body.contains("status"));
  CHECK(fixture.act(app, "start?$select=id").status == 204);
}

TEST_CASE("an error of the request comes before that of its options") {
  PeopleFixture fixture;
  CHECK(fixture.get("/users/nobody?$top=1").status == 404);
  CHECK(fixture.get("/nothing?$top=1").message() ==
        "Resource not found for the segment 'nothing'.");
}

TEST_CASE("a form-encoded query means the same") {
  PeopleFixture fixture;
  const Answer found = fixture.get("/users?%24filter=displayName+eq+%27Ada+Lind%27");
  REQUIRE(found.status == 200);
  REQUIRE(found.body["value"].size() == 1);
  CHECK(found.body["value"][0]["id"] == ada);
}

}  // namespace syncwright::emulator
