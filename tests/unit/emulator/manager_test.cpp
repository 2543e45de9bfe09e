#include <string>

#include "people_fixture.h"

namespace syncwright::emulator {

namespace {

struct Managers : PeopleFixture {
  Answer put_manager(const std::string& user, const std::string& manager) {
    return send(http::HttpMethod::put, "/users/" + user + "/manager/$ref",
                {{"@odata.id", "https://graph.microsoft.com/v1.0/users/" + manager}});
  }
  std::string manager_of(const std::string& user) {
    const Answer answer = get("/users/" + user + "/manager?$select=id");
    return answer.status == 200 ? answer.body["id"].get<std::string>() : answer.code();
  }
};

}  // namespace

TEST_CASE("a manager is assigned, read as a reference and removed, in each version") {
  for (const std::string version : {"v1.0", "beta"}) {
    Managers fixture;
    const std::string path =
        (version == "beta" ? "/beta/users/" : "/users/") + std::string(cyn) + "/manager/$ref";
    CHECK(fixture.get(path).code() == "Request_ResourceNotFound");
    CHECK(fixture.send(http::HttpMethod::put, path, {{"@odata.id", reference_to(ada)}}).status ==
          204);
    CHECK(fixture.get(path).body ==
          Json{{"@odata.context", "https://graph.example/" + version + "/$metadata#$ref"},
               {"@odata.id", "https://graph.example/" + version + "/directoryObjects/" + ada}});
    CHECK(fixture.manager_of(cyn) == ada);
    CHECK(fixture.remove(path).status == 204);
    CHECK(fixture.remove(path).code() == "Request_ResourceNotFound");
    CHECK(fixture.manager_of(cyn) == "Request_ResourceNotFound");
  }
}

TEST_CASE("who cannot lead is refused, and nothing changes") {
  Managers fixture;
  const App app = fixture.instantiate();
  CHECK(fixture.put_manager(ada, ada).message() == "Not a valid reference update.");
  CHECK(fixture.put_manager(ada, sales).message() == "Not a valid reference update.");
  CHECK(fixture.put_manager(ada, app.service_principal).status == 400);
  CHECK(fixture.put_manager(ada, "nobody").status == 404);
  CHECK(fixture.put_manager("nobody", ada).status == 404);
  CHECK(fixture
            .send(http::HttpMethod::put, std::string("/users/") + ada + "/manager/$ref",
                  Json::object())
            .status == 400);
  CHECK(fixture.manager_of(ada) == dan);
}

TEST_CASE("direct reports are listed, cast and counted") {
  Managers fixture;
  CHECK(fixture.put_manager(cyn, dan).status == 204);
  const std::string path = std::string("/users/") + dan + "/directReports";
  for (const std::string version : {"v1.0", "beta"}) {
    CHECK(fixture.get((version == "beta" ? "/beta" : "") + path + "?$select=id").body ==
          Json{{"@odata.context",
                "https://graph.example/" + version + "/$metadata#directoryObjects(id)"},
               {"value", Json::array({{{"@odata.type", "#microsoft.graph.user"}, {"id", ada}},
                                      {{"@odata.type", "#microsoft.graph.user"}, {"id", cyn}}})}});
  }
  CHECK(fixture.names(path + "/microsoft.graph.user") == "Ada Lind Cyn Moe ");
  fixture.headers.set("ConsistencyLevel", "eventual");
  CHECK(fixture.get(path + "/$count").body == 2);
  CHECK(fixture.get("/users/nobody/directReports").status == 404);
}

TEST_CASE("$expand shows the manager, and with $levels the manager's") {
  Managers fixture;
  const Json type = "#microsoft.graph.user";
  const std::string path = std::string("/users/") + ada;
  const std::string context = "https://graph.example/v1.0/$metadata#users";
  CHECK(fixture.get(path + "?$select=id&$expand=manager($select=id,department)").body ==
        Json{{"@odata.context", context + "(id,manager(id,department))/$entity"},
             {"id", ada},
             {"manager", {{"@odata.type", type}, {"id", dan}, {"department", "Sales"}}}});
  const Json whole = fixture.get("/beta" + path + "?$expand=manager").body;
  CHECK(whole["displayName"] == "Ada Lind");
  CHECK(whole["manager"]["displayName"] == "Dan Roe");
  CHECK_FALSE(whole["manager"].contains("department"));
  CHECK(fixture.put_manager(dan, cyn).status == 204);
  CHECK(fixture.put_manager(cyn, ada).status == 204);  // and so round and round
  const Json cyn_on_wire = {{"@odata.type", type}, {"id", cyn}};
  const Json dan_on_wire = {{"@odata.type", type}, {"id", dan}, {"manager", cyn_on_wire}};
  for (const char* levels : {"2", "max", "1000"}) {
    CHECK(fixture.get(path + "?$select=id&$expand=manager($levels=" + levels + ";$select=id)")
              .body["manager"] == dan_on_wire);
  }
  CHECK(
      fixture.get("/users?$select=id&$expand=manager($select=id)").body ==
      Json{{"@odata.context", context + "(id,manager(id))"},
           {"value", Json::array({{{"id", ada}, {"manager", {{"@odata.type", type}, {"id", dan}}}},
                                  {{"id", "b0000000-0000-4000-8000-000000000002"}},
                                  {{"id", cyn}, {"manager", {{"@odata.type", type}, {"id", ada}}}},
                                  {{"id", dan}, {"manager", cyn_on_wire}}})}});
  for (const char* other : {"manager($levels=0)", "manager($levels=1001)", "manager($levels=few)",
                            "manager($expand=manager)", "manager()", "directReports"}) {
    CAPTURE(other);
    CHECK(fixture.get(path + "?$expand=" + other).code() == "BadRequest");
  }
}

}  // namespace syncwright::emulator
