#include "tenant_fixture.h"

namespace syncwright::emulator {

TEST_CASE("users are found by name and by user principal name") {
  TenantFixture fixture;
  const Answer found = fixture.filter("/users", "userPrincipalName eq 'ADA@fabrikam.example'");
  REQUIRE(found.body["value"].size() == 1);
  CHECK(found.body["value"][0]["id"] == ada);
  CHECK_FALSE(found.body["value"][0].contains("department"));
  CHECK(fixture.filter("/users", "displayName eq 'bo o''neil'").body["value"].size() == 1);
  CHECK(fixture.filter("/users", "startswith(displayName,'Da')").body["value"].size() == 1);
  CHECK(fixture.filter("/users", "department eq 'Sales'").body["value"].size() == 3);
  CHECK(fixture.get("/users?$top=3").body.contains("@odata.nextLink"));
  CHECK(
      fixture.get("/users/ada@fabrikam.example?$select=id,department").body ==
      Json{{"@odata.context", "https://graph.example/v1.0/$metadata#users(id,department)/$entity"},
           {"id", ada},
           {"department", "Sales"}});
  CHECK(fixture.get("/users/nobody").status == 404);
}

TEST_CASE("groups are found by name and list their members") {
  TenantFixture fixture;
  const Answer found = fixture.filter("/groups", "displayName eq 'Sales'");
  REQUIRE(found.body["value"].size() == 1);
  CHECK(found.body["value"][0]["id"] == sales);
  CHECK_FALSE(found.body["value"][0].contains("members"));
  const Answer members = fixture.get(std::string("/groups/") + sales + "/members");
  REQUIRE(members.body["value"].size() == 3);
  CHECK(members.body["value"][0]["@odata.type"] == "#microsoft.graph.user");
  CHECK(members.body["value"][0]["displayName"] == "Ada Lind");
  CHECK(fixture.get(std::string("/groups/") + newsletter).body["securityEnabled"] == false);
  CHECK(fixture.get("/groups/none/members").status == 404);
}

TEST_CASE("who came with the catalog was created before the tenant began") {
  TenantFixture fixture;
  const char* long_ago = "2024-02-05T08:00:00Z";
  CHECK(fixture.get(std::string("/users/") + ada + "?$select=createdDateTime")
            .body["createdDateTime"] == long_ago);
  CHECK(fixture.get(std::string("/groups/") + sales).body["createdDateTime"] == long_ago);
}

}  // namespace syncwright::emulator
