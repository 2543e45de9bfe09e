#include <string>

#include "tenant_fixture.h"

namespace syncwright::emulator {

namespace {

Json assignment(const std::string& principal, const std::string& resource,
                const std::string& role) {
  return {{"principalId", principal}, {"resourceId", resource}, {"appRoleId", role}};
}

}  // namespace

TEST_CASE("an assignment is made, read and removed from the principal's end, and seen from both") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  const std::string resource = "/servicePrincipals/" + app.service_principal + "/appRoleAssignedTo";
  for (const auto& [collection, principal] :
       {std::pair<std::string, std::string>{"users", ada}, {"groups", sales}}) {
    const std::string path = "/" + collection + "/" + principal + "/appRoleAssignments";
    CHECK(fixture.get(path).body["value"].empty());
    const Answer made = fixture.send(http::HttpMethod::post, path,
                                     assignment(principal, app.service_principal, user_role));
    REQUIRE(made.status == 201);
    const std::string id = made.body["id"];
    CHECK(made.body["@odata.context"] == "https://graph.example/v1.0/$metadata#" + collection +
                                             "('" + principal + "')/appRoleAssignments/$entity");
    CHECK(fixture.get(path).body["value"].size() == 1);
    Json from_here = fixture.get(path + "/" + id).body;
    Json from_there = fixture.get(resource + "/" + id).body;
    from_here.erase("@odata.context");
    from_there.erase("@odata.context");
    CHECK(from_here == from_there);
    CHECK(fixture.get("/beta" + resource + "/" + id).body.contains("creationTimestamp"));
    CHECK(fixture.get(resource).body["value"].size() == 1);
    const Json other = assignment(dan, app.service_principal, user_role);
    CHECK(fixture.send(http::HttpMethod::post, path, other).status == 400);
    CHECK(fixture.send(http::HttpMethod::del, path + "/" + id).status == 204);
    CHECK(fixture.get(path + "/" + id).code() == "Request_ResourceNotFound");
    CHECK(fixture.get(resource + "/" + id).status == 404);
    CHECK(fixture.send(http::HttpMethod::del, path + "/" + id).status == 404);
  }
  CHECK(fixture.get("/users/nobody/appRoleAssignments").status == 404);
  CHECK(fixture.get("/users/ada@fabrikam.example/appRoleAssignments").status == 200);
}

TEST_CASE("an application is granted a role on Microsoft Graph") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  const Json graph = fixture
                         .send(http::HttpMethod::post, "/servicePrincipals",
                               {{"appId", "00000003-0000-0000-c000-000000000000"}})
                         .body;
  const std::string path = "/servicePrincipals/" + app.service_principal + "/appRoleAssignments";
  const char* read_write = "9b50c33d-700f-43b1-b2eb-87e89b703581";
  const std::string graph_id = graph["id"];
  const Answer made = fixture.send(http::HttpMethod::post, path,
                                   assignment(app.service_principal, graph_id, read_write));
  REQUIRE(made.status == 201);
  CHECK(made.body["resourceDisplayName"] == "Microsoft Graph");
  CHECK(made.body["principalType"] == "ServicePrincipal");
  CHECK(fixture
            .send(http::HttpMethod::post, path,
                  assignment(app.service_principal, graph_id, user_role))
            .status == 400);
  const Json expanded = fixture
                            .get("/servicePrincipals/" + app.service_principal +
                                 "?$expand=appRoleAssignments&$select=id")
                            .body;
  REQUIRE(expanded["appRoleAssignments"].size() == 1);
  CHECK(expanded["appRoleAssignments"][0]["id"] == made.body["id"]);
  CHECK(fixture.get("/servicePrincipals/" + graph_id + "?$expand=appRoleAssignedTo&$select=id")
            .body["appRoleAssignedTo"][0]["id"] == made.body["id"]);
}

}  // namespace syncwright::emulator
