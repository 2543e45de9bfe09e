#include <chrono>
#include <string>

#include "people_fixture.h"

namespace syncwright::emulator {

TEST_CASE("a created user is answered as Graph does, and stays") {
  PeopleFixture fixture;
  Json body = new_user();
  body["department"] = "Sales";
  const Answer made = fixture.post("/users", body);
  REQUIRE(made.status == 201);
  const std::string id = made.body["id"];
  CHECK(made.body == Json{{"@odata.context", "https://graph.example/v1.0/$metadata#users/$entity"},
                          {"id", id},
                          {"businessPhones", Json::array()},
                          {"displayName", "eve"},
                          {"givenName", nullptr},
                          {"jobTitle", nullptr},
                          {"mail", nullptr},
                          {"mobilePhone", nullptr},
                          {"officeLocation", nullptr},
                          {"preferredLanguage", nullptr},
                          {"surname", nullptr},
                          {"userPrincipalName", "eve@fabrikam.example"}});
  CHECK(made.headers.get("Location") == "https://graph.example/v1.0/users/" + id);
  CHECK(fixture.names("/users") == "Ada Lind Bo O'Neil Cyn Moe Dan Roe eve ");
  const Answer read = fixture.get(
      "/beta/users/"
      "EVE@fabrikam.example?$select=accountEnabled,department,userType,createdDateTime");
  CHECK(read.body ==
        Json{{"@odata.context",
              "https://graph.example/beta/"
              "$metadata#users(accountEnabled,department,userType,createdDateTime)/$entity"},
             {"accountEnabled", true},
             {"department", "Sales"},
             {"userType", "Member"},
             {"createdDateTime", "2026-01-01T00:00:00Z"}});
  const auto again =
      Tenant::restore(state_of(fixture.tenant), fabrikam(), fixture.clock, TenantOptions{});
  REQUIRE(again.has_value());
  CHECK(state_of(**again)["directory"] == state_of(fixture.tenant)["directory"]);
}

TEST_CASE("a password is taken and kept nowhere") {
  PeopleFixture fixture;
  const std::string id = fixture.user();
  CHECK(fixture.patch("/users/" + id, {{"passwordProfile", {{"password", "hunter3-hunter3"}}}})
            .status == 204);
  CHECK(fixture.get("/users/" + id + "?$select=passwordProfile").body["passwordProfile"].is_null());
  CHECK(fixture.get("/auditLogs/directoryAudits").body["value"].size() == 2);
  CHECK(fixture.tenant.state_text().find("hunter") == std::string::npos);
  CHECK(fixture.tenant.state_text().find("passwordProfile") == std::string::npos);
}

TEST_CASE("every required property of a user is asked for") {
  PeopleFixture fixture;
  for (const char* name :
       {"accountEnabled", "displayName", "mailNickname", "passwordProfile", "userPrincipalName"}) {
    Json body = new_user();
    body.erase(name);
    const Answer refused = fixture.post("/users", body);
    CAPTURE(name);
    CHECK(refused.status == 400);
    CHECK(refused.code() == "Request_BadRequest");
    CHECK(refused.body["error"]["details"][0]["target"] == name);
    body[name] = nullptr;
    CHECK(fixture.post("/users", body).status == 400);
  }
  CHECK(fixture.post("/users", Json::object()).message() ==
        "A value is required for property 'accountEnabled' of resource 'User'.");
  CHECK(fixture.post("/users", Json::array()).status == 400);
  CHECK(fixture.names("/users") == "Ada Lind Bo O'Neil Cyn Moe Dan Roe ");
}

TEST_CASE("what a user cannot be is refused, and nothing changes") {
  PeopleFixture fixture;
  const auto refused = [&](const char* name, const Json& value) {
    Json body = new_user();
    body[name] = value;
    const Answer answer = fixture.post("/users", body);
    CHECK(answer.status == 400);
    CHECK(answer.code() == "Request_BadRequest");
    return answer.message();
  };
  CHECK(refused("accountEnabled", "yes") ==
        "Invalid value specified for property 'accountEnabled' of resource 'User'.");
  CHECK(refused("employeeId", "12345678901234567") ==
        "Invalid value specified for property 'employeeId' of resource 'User'.");
  CHECK(refused("shoeSize", 44) == "Invalid property 'shoeSize'.");
  CHECK(refused("id", ada) == "Property 'id' is read-only and cannot be set.");
  CHECK(refused("userPrincipalName", "eve@elsewhere.example").find("verified domain") !=
        std::string::npos);
  CHECK(refused("userPrincipalName", "@fabrikam.example").find("verified domain") !=
        std::string::npos);
  CHECK(refused("passwordProfile", {{"password", ""}}).find("password") != std::string::npos);
  const Json before = state_of(fixture.tenant)["directory"];
  CHECK(fixture
            .patch(std::string("/users/") + ada,
                   {{"department", "Legal"}, {"userPrincipalName", "dan@fabrikam.example"}})
            .status == 400);
  CHECK(state_of(fixture.tenant)["directory"] == before);
}

TEST_CASE("names and attributes that no user has are refused") {
  PeopleFixture fixture;
  for (const char* name : {"a@b@fabrikam.example", "a b@fabrikam.example", "@fabrikam.example"}) {
    Json body = new_user();
    body["userPrincipalName"] = name;
    CAPTURE(name);
    CHECK(fixture.post("/users", body).status == 400);
  }
  const std::string id = fixture.user();
  const auto extension = [&](const Json& value) {
    return fixture.patch("/users/" + id, {{"onPremisesExtensionAttributes", value}});
  };
  CHECK(extension({{"extensionAttribute15", "x"}}).status == 204);
  CHECK(extension({{"extensionAttribute16", "x"}}).message() ==
        "Invalid property 'extensionAttribute16'.");
  CHECK(extension({{"extensionAttribute1", 5}}).status == 400);
  CHECK(fixture.get("/users/" + id + "?$select=onPremisesExtensionAttributes")
            .body["onPremisesExtensionAttributes"]["extensionAttribute16"]
            .is_null());
  CHECK(fixture.post("/users", Json::array()).message() == "The request body must hold an object.");
}

TEST_CASE("a userPrincipalName belongs to one user") {
  PeopleFixture fixture;
  Json body = new_user();
  body["userPrincipalName"] = "ADA@fabrikam.example";
  const Answer refused = fixture.post("/users", body);
  CHECK(refused.status == 400);
  CHECK(refused.code() == "Request_BadRequest");
  CHECK(refused.body["error"]["details"] ==
        Json::array({{{"code", "ObjectConflict"},
                      {"target", "userPrincipalName"},
                      {"message",
                       "Another object with the same value for property userPrincipalName already "
                       "exists."}}}));
  CHECK(fixture.patch(std::string("/users/") + ada, {{"userPrincipalName", "Ada@fabrikam.example"}})
            .status == 204);
}

TEST_CASE("every property of a user that can be written is read") {
  PeopleFixture fixture;
  const std::string path = std::string("/users/") + ada;
  const Json changes = {{"ageGroup", "adult"},
                        {"businessPhones", {"+00 555 0900"}},
                        {"city", "Lyon"},
                        {"companyName", "Fabrikam"},
                        {"country", "FR"},
                        {"department", "Legal"},
                        {"displayName", "Ada Lind-Roe"},
                        {"employeeHireDate", "2026-02-01T00:00:00Z"},
                        {"employeeId", "77"},
                        {"employeeOrgData", {{"division", "West"}}},
                        {"jobTitle", nullptr},
                        {"mobilePhone", "+00 555 0901"},
                        {"onPremisesExtensionAttributes", {{"extensionAttribute1", "HQ"}}},
                        {"otherMails", {"ada@home.example"}},
                        {"usageLocation", "FR"},
                        {"userType", "Guest"}};
  CHECK(fixture.patch(path, changes).status == 204);
  for (const auto& [name, value] : changes.items()) {
    if (name == "onPremisesExtensionAttributes") continue;
    CHECK(fixture.get(path + "?$select=" + name).body[name] == value);
  }
  CHECK(fixture.get(path + "?$select=onPremisesExtensionAttributes")
            .body["onPremisesExtensionAttributes"] ==
        Json{{"extensionAttribute1", "HQ"}, {"extensionAttribute10", "NTH-4"}});
}

TEST_CASE("a deleted user can be restored with its groups, and purged") {
  PeopleFixture fixture;
  const std::string path = std::string("/users/") + ada;
  const std::string item = std::string("/directory/deletedItems/") + ada;
  const std::string members = std::string("/groups/") + sales + "/members";
  CHECK(fixture.get(item).status == 404);
  CHECK(fixture.remove("/users/ada@fabrikam.example").status == 204);
  CHECK(fixture.get(path).status == 404);
  CHECK(fixture.remove(path).status == 404);
  CHECK(fixture.patch(path, {{"city", "Lyon"}}).status == 404);
  CHECK(fixture.names("/users") == "Bo O'Neil Cyn Moe Dan Roe ");
  CHECK(fixture.names(members) == "Bo O'Neil Dan Roe ");
  CHECK(fixture.names("/directory/deletedItems/microsoft.graph.user") == "Ada Lind ");
  CHECK(fixture.get(item).body["deletedDateTime"] == "2026-01-01T00:00:00Z");
  CHECK(fixture.get(item).body["@odata.type"] == "#microsoft.graph.user");
  CHECK(fixture.post(item + "/restore", Json()).status == 200);
  CHECK(fixture.names(members) == "Ada Lind Bo O'Neil Dan Roe ");
  CHECK(fixture.remove(path).status == 204);
  CHECK(fixture.remove(item).status == 204);
  CHECK(fixture.get(item).status == 404);
  CHECK(fixture.names("/directory/deletedItems/microsoft.graph.user").empty());
  CHECK(state_of(fixture.tenant)["directory"].dump().find(ada) == std::string::npos);
}

TEST_CASE("the name of a deleted user is free, and a restore into a taken one is refused") {
  PeopleFixture fixture;
  const std::string first = fixture.user();
  CHECK(fixture.remove("/users/" + first).status == 204);
  const std::string second = fixture.user();
  CHECK(fixture.get("/users/eve@fabrikam.example").body["id"] == second);
  const std::string restore = "/directory/deletedItems/" + first + "/restore";
  CHECK(fixture.post(restore, Json()).body["error"]["details"][0]["code"] == "ObjectConflict");
  CHECK(fixture.patch("/users/" + second, {{"userPrincipalName", "eva@fabrikam.example"}}).status ==
        204);
  CHECK(fixture.post(restore, Json()).status == 200);
}

TEST_CASE("users replicate like everything else") {
  TenantOptions options;
  options.replication_delay = std::chrono::seconds{10};
  PeopleFixture fixture(options);
  const std::string path = "/users/" + fixture.user();
  const std::string before = "Ada Lind Bo O'Neil Cyn Moe Dan Roe ";
  CHECK(fixture.get(path).status == 404);
  fixture.clock.advance(std::chrono::seconds{10});
  CHECK(fixture.get(path).status == 200);
  CHECK(fixture.names("/users") == before);
  fixture.clock.advance(std::chrono::seconds{10});
  CHECK(fixture.names("/users") == before + "eve ");
  CHECK(fixture.remove(path).status == 204);
  CHECK(fixture.get(path).status == 200);
  CHECK(fixture.remove(path).status == 404);
  fixture.clock.advance(std::chrono::seconds{10});
  CHECK(fixture.get(path).status == 404);
  CHECK(fixture.names("/users") == before + "eve ");
  fixture.clock.advance(std::chrono::seconds{10});
  CHECK(fixture.names("/users") == before);
}

TEST_CASE("edits of people are in the directory audit log") {
  PeopleFixture fixture;
  const std::string id = fixture.user();
  fixture.patch("/users/eve@fabrikam.example",
                {{"department", "Legal"}, {"passwordProfile", {{"password", "hunter3"}}}});
  fixture.remove("/users/" + id);
  fixture.remove("/directory/deletedItems/" + id);
  fixture.add_member(sales, cyn);
  const Answer log = fixture.get("/auditLogs/directoryAudits");
  std::string text;
  for (const Json& entry : log.body["value"]) {
    text = entry["category"].get<std::string>() + ": " +
           entry["activityDisplayName"].get<std::string>() + " " +
           entry["targetResources"][0]["displayName"].get<std::string>() + " " +
           entry["targetResources"][0]["modifiedProperties"].dump() + "\n" + text;
  }
  CHECK(text ==
        "UserManagement: Add user eve []\n"
        "UserManagement: Update user eve [{\"displayName\":\"department\","
        "\"newValue\":\"\\\"Legal\\\"\",\"oldValue\":\"null\"}]\n"
        "UserManagement: Delete user eve []\n"
        "UserManagement: Hard Delete user eve []\n"
        "GroupManagement: Add member to group Sales []\n");
}

}  // namespace syncwright::emulator
