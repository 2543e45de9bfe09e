#include <string>
#include <vector>

#include "people_fixture.h"

namespace syncwright::emulator {

namespace {

const std::string unknown_id = "00000000-0000-4000-8000-000000000000";

/// Sales is in the night shift, which is in the whole company, which is in the night shift again.
struct NestedGroups : PeopleFixture {
  NestedGroups() : night(group()), company(group(new_group("Company"))) {
    CHECK(add_member(night, sales).status == 204);
    CHECK(add_member(company, night).status == 204);
    CHECK(add_member(night, company).status == 204);
  }

  Json ids(const std::string& path, const Json& body) {
    const Answer answer = post(path, body);
    REQUIRE(answer.status == 200);
    return answer.body["value"];
  }

  std::string night;
  std::string company;
};

}  // namespace

TEST_CASE("memberships are told, direct and over other groups, in each version") {
  NestedGroups fixture;
  for (const std::string version : {"v1.0", "beta"}) {
    CAPTURE(version);
    const std::string path = (version == "beta" ? "/beta/users/" : "/users/") + std::string(ada);
    CHECK(
        fixture.get(path + "/memberOf").body ==
        Json{{"@odata.context", "https://graph.example/" + version + "/$metadata#directoryObjects"},
             {"value", Json::array({{{"@odata.type", "#microsoft.graph.group"},
                                     {"id", sales},
                                     {"createdDateTime", "2024-02-05T08:00:00Z"},
                                     {"deletedDateTime", nullptr},
                                     {"description", nullptr},
                                     {"displayName", "Sales"},
                                     {"groupTypes", Json::array()},
                                     {"mail", nullptr},
                                     {"mailEnabled", nullptr},
                                     {"mailNickname", "sales"},
                                     {"preferredLanguage", nullptr},
                                     {"proxyAddresses", Json::array()},
                                     {"renewedDateTime", nullptr},
                                     {"securityEnabled", true},
                                     {"visibility", nullptr}}})}});
    CHECK(fixture.names(path + "/transitiveMemberOf") == "Sales Night shift Company ");
  }
  CHECK(fixture.names("/users/ADA@fabrikam.example/memberOf") == "Sales ");
  CHECK(fixture.names(std::string("/groups/") + sales + "/memberOf") == "Night shift ");
  CHECK(fixture.names(std::string("/groups/") + sales + "/transitiveMemberOf") ==
        "Night shift Company ");
  CHECK(fixture.get("/users/" + unknown_id + "/memberOf").code() == "Request_ResourceNotFound");
}

TEST_CASE("a service principal's memberships are told") {
  NestedGroups fixture;
  const App app = fixture.instantiate();
  CHECK(fixture.add_member(fixture.company, app.service_principal).status == 204);
  const std::string path = "/servicePrincipals/" + app.service_principal;
  CHECK(fixture.names(path + "/memberOf") == "Company ");
  CHECK(fixture.names(path + "/transitiveMemberOf") == "Company Night shift ");
}

TEST_CASE("what a group holds over other groups is told once") {
  NestedGroups fixture;
  const std::string path = "/groups/" + fixture.company;
  CHECK(fixture.names(path + "/members") == "Night shift ");
  CHECK(fixture.names(path + "/transitiveMembers") ==
        "Night shift Sales Ada Lind Bo O'Neil Dan Roe ");
  CHECK(fixture.names(path + "/transitiveMembers/microsoft.graph.user") ==
        "Ada Lind Bo O'Neil Dan Roe ");
  fixture.headers.set("ConsistencyLevel", "eventual");
  CHECK(fixture.get(path + "/transitiveMembers/$count").body == 5);
  CHECK(fixture.get(path + "/transitiveMembers/microsoft.graph.group/$count").body == 2);
}

TEST_CASE("memberships are cast, counted, searched, sorted and paged") {
  NestedGroups fixture;
  const std::string path = std::string("/users/") + ada + "/transitiveMemberOf";
  CHECK(fixture.get(path + "/microsoft.graph.group?$select=displayName").body ==
        Json{{"@odata.context", "https://graph.example/v1.0/$metadata#groups(displayName)"},
             {"value",
              Json::array(
                  {{{"@odata.type", "#microsoft.graph.group"}, {"displayName", "Sales"}},
                   {{"@odata.type", "#microsoft.graph.group"}, {"displayName", "Night shift"}},
                   {{"@odata.type", "#microsoft.graph.group"}, {"displayName", "Company"}}})}});
  CHECK(fixture.names(path + "/microsoft.graph.directoryRole").empty());
  CHECK(fixture.get(path + "/colour").status == 400);
  CHECK(fixture.get(path + "/$count").status == 400);
  const Json first = fixture.get(path + "?$top=2&$select=displayName").body;
  REQUIRE(first["value"].size() == 2);
  const std::string link = first["@odata.nextLink"];
  CHECK(fixture.names(link.substr(std::string("https://graph.example/v1.0").size())) == "Company ");
  fixture.headers.set("ConsistencyLevel", "eventual");
  CHECK(fixture.get(path + "/$count").body == 3);
  CHECK(fixture.get(path + "/microsoft.graph.group/$count").body == 3);
  const Answer sorted =
      fixture.get(path + "/microsoft.graph.group?$count=true&$orderby=displayName&$search=" +
                  percent_encode("\"displayName:s\"") + "&$select=displayName");
  CHECK(sorted.body["@odata.count"] == 2);
  CHECK(sorted.body["value"][0]["displayName"] == "Night shift");
  CHECK(sorted.body["value"][1]["displayName"] == "Sales");
}

TEST_CASE(
    "getMemberGroups and getMemberObjects tell the ids of all groups, or of those with rights") {
  NestedGroups fixture;
  CHECK(fixture.add_member(newsletter, fixture.company).status == 204);
  for (const std::string collection : {"/directoryObjects/", "/users/", "/beta/users/"}) {
    const std::string path = collection + ada;
    CAPTURE(path);
    const std::string version = collection.starts_with("/beta") ? "beta" : "v1.0";
    for (const char* action : {"/getMemberGroups", "/microsoft.graph.getMemberObjects"}) {
      CHECK(fixture.post(path + action, {{"securityEnabledOnly", false}}).body ==
            Json{{"@odata.context",
                  "https://graph.example/" + version + "/$metadata#Collection(Edm.String)"},
                 {"value", {sales, fixture.night, fixture.company, newsletter}}});
      CHECK(fixture.ids(path + action, {{"securityEnabledOnly", true}}) ==
            Json::array({sales, fixture.night, fixture.company}));
    }
  }
  CHECK(fixture.ids(std::string("/groups/") + sales + "/getMemberGroups", Json::object()) ==
        Json::array({fixture.night, fixture.company, newsletter}));
  const std::string path = std::string("/users/") + ada + "/getMemberGroups";
  CHECK(fixture.post(path, {{"securityEnabledOnly", "yes"}}).code() == "Request_BadRequest");
  CHECK(fixture.post("/directoryObjects/ada@fabrikam.example/getMemberGroups", Json::object())
            .status == 404);
}

TEST_CASE("checkMemberGroups and checkMemberObjects tell which of the ids hold the object") {
  NestedGroups fixture;
  const Json asked = Json::array({newsletter, fixture.company, unknown_id, sales});
  const Json held = Json::array({fixture.company, sales});
  for (const std::string collection : {"/directoryObjects/", "/users/", "/beta/users/"}) {
    CHECK(fixture.ids(collection + ada + "/checkMemberGroups", {{"groupIds", asked}}) == held);
    CHECK(fixture.ids(collection + ada + "/checkMemberObjects", {{"ids", asked}}) == held);
  }
  const std::string path = std::string("/users/") + ada;
  CHECK(fixture.post(path + "/checkMemberGroups", {{"ids", asked}}).code() == "Request_BadRequest");
  Json many = Json::array();
  for (int index = 0; index < 21; ++index) many.push_back(sales);
  CHECK(fixture.post(path + "/checkMemberGroups", {{"groupIds", many}}).status == 400);
  CHECK(
      fixture.post("/groups/" + unknown_id + "/checkMemberGroups", {{"groupIds", asked}}).status ==
      404);
}

TEST_CASE("members are listed as references") {
  PeopleFixture fixture;
  for (const std::string version : {"v1.0", "beta"}) {
    const std::string path = (version == "beta" ? "/beta/groups/" : "/groups/") +
                             std::string(newsletter) + "/members/$ref";
    CHECK(
        fixture.get(path).body ==
        Json{{"@odata.context", "https://graph.example/" + version + "/$metadata#Collection($ref)"},
             {"value", Json::array({{{"@odata.id", "https://graph.example/" + version +
                                                       "/directoryObjects/" + cyn}}})}});
  }
  CHECK(fixture.get("/groups/" + unknown_id + "/members/$ref").status == 404);
}

TEST_CASE("memberships ask for the permission to read groups") {
  PeopleFixture fixture;
  const auto status = [&](const char* role, const std::string& path) {
    const std::string all = fixture.token;
    fixture.token = token_with_roles(fixture, {role});
    const int result = fixture.get(path).status;
    fixture.token = all;
    return result;
  };
  const std::string path = std::string("/users/") + ada + "/memberOf";
  CHECK(status("GroupMember.Read.All", path) == 200);
  CHECK(status("User.Read.All", path) == 403);
  CHECK(status("Directory.Read.All", std::string("/directoryObjects/") + ada) == 200);
  CHECK(status("User.Read.All", std::string("/directoryObjects/") + ada) == 403);
}

}  // namespace syncwright::emulator
