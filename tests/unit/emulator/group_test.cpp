#include <string>

#include "people_fixture.h"

namespace syncwright::emulator {

TEST_CASE("a created group is answered as Graph does") {
  PeopleFixture fixture;
  Json body = new_group();
  body["members@odata.bind"] = {reference_to(ada),
                                "https://graph.microsoft.com/v1.0/groups/" + std::string(sales)};
  const Answer made = fixture.post("/groups", body);
  REQUIRE(made.status == 201);
  const std::string id = made.body["id"];
  CHECK(made.body == Json{{"@odata.context", "https://graph.example/v1.0/$metadata#groups/$entity"},
                          {"id", id},
                          {"createdDateTime", "2026-01-01T00:00:00Z"},
                          {"deletedDateTime", nullptr},
                          {"description", nullptr},
                          {"displayName", "Night shift"},
                          {"groupTypes", Json::array()},
                          {"mail", nullptr},
                          {"mailEnabled", false},
                          {"mailNickname", "night"},
                          {"preferredLanguage", nullptr},
                          {"proxyAddresses", Json::array()},
                          {"renewedDateTime", nullptr},
                          {"securityEnabled", true},
                          {"visibility", nullptr}});
  CHECK(made.headers.get("Location") == "https://graph.example/v1.0/groups/" + id);
  CHECK(fixture.names("/groups") == "Sales Newsletter Night shift ");
  CHECK(fixture.names("/groups/" + id + "/members") == "Ada Lind Sales ");
}

TEST_CASE("every required property of a group is asked for") {
  PeopleFixture fixture;
  for (const char* name : {"displayName", "mailEnabled", "mailNickname", "securityEnabled"}) {
    Json body = new_group();
    body.erase(name);
    const Answer refused = fixture.post("/groups", body);
    CAPTURE(name);
    CHECK(refused.status == 400);
    CHECK(refused.code() == "Request_BadRequest");
    CHECK(refused.message() ==
          "A value is required for property '" + std::string(name) + "' of resource 'Group'.");
  }
}

TEST_CASE("Graph makes security groups and Microsoft 365 groups") {
  PeopleFixture fixture;
  const auto status = [&](bool mail, bool security, const Json& types) {
    Json body = new_group();
    body["mailEnabled"] = mail;
    body["securityEnabled"] = security;
    body["groupTypes"] = types;
    return fixture.post("/groups", body).status;
  };
  const Json unified = Json::array({"Unified"});
  CHECK(status(false, true, Json::array()) == 201);
  CHECK(status(true, false, unified) == 201);
  CHECK(status(true, true, unified) == 201);
  CHECK(status(true, true, Json::array()) == 400);
  CHECK(status(false, false, Json::array()) == 400);
  CHECK(fixture.filter("/groups", "mail eq 'night@fabrikam.example'").body["value"].size() == 2);
}

TEST_CASE("a group is changed, with members bound to it, or not at all") {
  PeopleFixture fixture;
  const std::string path = "/groups/" + fixture.group();
  CHECK(fixture
            .patch(path, {{"description", "22 to 6"},
                          {"members@odata.bind", {reference_to(ada), reference_to(dan)}}})
            .status == 204);
  CHECK(fixture.get(path).body["description"] == "22 to 6");
  CHECK(fixture.names(path + "/members") == "Ada Lind Dan Roe ");
  CHECK(fixture.patch(path, {{"members@odata.bind", {reference_to(cyn)}}}).status == 204);
  CHECK(fixture
            .patch(path, {{"description", "never"},
                          {"members@odata.bind", {reference_to(newsletter), reference_to(ada)}}})
            .status == 400);
  CHECK(fixture.get(path).body["description"] == "22 to 6");
  CHECK(fixture.names(path + "/members") == "Ada Lind Dan Roe Cyn Moe ");
  Json many = Json::array();
  for (int index = 0; index < 21; ++index) many.push_back(reference_to(ada));
  CHECK(fixture.patch(path, {{"members@odata.bind", many}}).status == 400);
  CHECK(fixture.patch(path, {{"members@odata.bind", ada}}).status == 400);
  CHECK(fixture.patch("/groups/none", {{"description", "x"}}).status == 404);
}

TEST_CASE("members are added and removed one by one") {
  PeopleFixture fixture;
  const std::string members = std::string("/groups/") + sales + "/members";
  CHECK(fixture.add_member(sales, cyn).status == 204);
  CHECK(fixture.names(members) == "Ada Lind Bo O'Neil Dan Roe Cyn Moe ");
  const Answer again = fixture.add_member(sales, cyn);
  CHECK(again.status == 400);
  CHECK(again.code() == "Request_BadRequest");
  CHECK(again.message() ==
        "One or more added object references already exist for the following modified properties: "
        "'members'.");
  CHECK(fixture.add_member(sales, "00000000-0000-4000-8000-000000000000").status == 404);
  CHECK(fixture.add_member(sales, sales).status == 400);
  CHECK(fixture.add_member("none", ada).status == 404);
  CHECK(fixture.post(members + "/$ref", {{"@odata.id", "ada"}}).status == 400);
  CHECK(fixture.post(members + "/$ref", Json::object()).status == 400);
  CHECK(
      fixture.post("/beta" + members + "/$ref", {{"@odata.id", reference_to(newsletter)}}).status ==
      204);
  CHECK(fixture.remove(members + "/" + ada + "/$ref").status == 204);
  CHECK(fixture.remove(members + "/" + ada + "/$ref").status == 404);
  CHECK(fixture.names(members) == "Bo O'Neil Dan Roe Cyn Moe Newsletter ");
  CHECK(fixture.get("/users/ada@fabrikam.example").status == 200);
}

TEST_CASE("service principals may be members, groups of Microsoft 365 groups may not") {
  PeopleFixture fixture;
  const App app = fixture.instantiate();
  CHECK(fixture.add_member(sales, app.service_principal).status == 204);
  const Answer members = fixture.get(std::string("/groups/") + sales + "/members");
  CHECK(members.body["value"][3]["@odata.type"] == "#microsoft.graph.servicePrincipal");
  Json body = new_group();
  body["mailEnabled"] = true;
  body["groupTypes"] = Json::array({"Unified"});
  const std::string team = fixture.group(body);
  CHECK(fixture.add_member(team, sales).status == 400);
  CHECK(fixture.add_member(team, ada).status == 204);
}

TEST_CASE("a security group is deleted for good, a Microsoft 365 group can be restored") {
  PeopleFixture fixture;
  const App app = fixture.instantiate();
  CHECK(fixture.assign(app, sales).status == 201);
  CHECK(fixture.remove(std::string("/groups/") + sales).status == 204);
  CHECK(fixture.get(std::string("/groups/") + sales).status == 404);
  CHECK(fixture.get(std::string("/directory/deletedItems/") + sales).status == 404);
  CHECK(fixture.get("/servicePrincipals/" + app.service_principal + "/appRoleAssignedTo")
            .body["value"]
            .empty());
  Json body = new_group("Team");
  body["mailEnabled"] = true;
  body["groupTypes"] = Json::array({"Unified"});
  body["members@odata.bind"] = {reference_to(ada)};
  const std::string team = fixture.group(body);
  CHECK(fixture.remove("/groups/" + team).status == 204);
  CHECK(fixture.get("/groups/" + team).status == 404);
  CHECK(fixture.names("/groups") == "Newsletter ");
  CHECK(fixture.names("/directory/deletedItems/microsoft.graph.group") == "Team ");
  CHECK(fixture.add_member(team, cyn).status == 404);
  CHECK(fixture.post("/directory/deletedItems/" + team + "/restore", Json()).status == 200);
  CHECK(fixture.names("/groups/" + team + "/members") == "Ada Lind ");
}

TEST_CASE("a deleted principal is assigned to nothing") {
  PeopleFixture fixture;
  const App app = fixture.instantiate();
  CHECK(fixture.remove(std::string("/users/") + ada).status == 204);
  CHECK(fixture.assign(app, ada).message() == "Not a valid reference update.");
}

TEST_CASE("writing people asks for permissions of its own") {
  PeopleFixture fixture;
  const std::string all = fixture.token;
  const auto may = [&](const char* role, http::HttpMethod method, const std::string& path,
                       const Json& body) {
    fixture.token = token_with_roles(fixture, {"User.Read.All", "Group.Read.All", role});
    const Answer answer = fixture.send(method, path, body);
    fixture.token = all;
    if (answer.status == 403) CHECK(answer.code() == "Authorization_RequestDenied");
    return answer.status != 403;
  };
  const std::string members = std::string("/groups/") + sales + "/members/$ref";
  const Json cyn_reference = {{"@odata.id", reference_to(cyn)}};
  CHECK_FALSE(may("Application.ReadWrite.All", http::HttpMethod::post, "/users", new_user()));
  CHECK_FALSE(may("Group.ReadWrite.All", http::HttpMethod::post, "/users", new_user()));
  CHECK(may("User.ReadWrite.All", http::HttpMethod::post, "/users", new_user()));
  CHECK_FALSE(may("User.ReadWrite.All", http::HttpMethod::post, "/groups", new_group()));
  CHECK_FALSE(may("GroupMember.ReadWrite.All", http::HttpMethod::post, "/groups", new_group()));
  CHECK(may("Group.ReadWrite.All", http::HttpMethod::post, "/groups", new_group()));
  CHECK_FALSE(may("User.ReadWrite.All", http::HttpMethod::post, members, cyn_reference));
  CHECK(may("GroupMember.ReadWrite.All", http::HttpMethod::post, members, cyn_reference));
  CHECK(fixture.remove(std::string("/users/") + ada).status == 204);
  const std::string item = std::string("/directory/deletedItems/") + ada;
  CHECK_FALSE(may("Application.ReadWrite.All", http::HttpMethod::del, item, Json()));
  CHECK(may("Application.ReadWrite.All", http::HttpMethod::get, item, Json()));
  CHECK(may("User.ReadWrite.All", http::HttpMethod::del, item, Json()));
}

}  // namespace syncwright::emulator
