#include <string>

#include "people_fixture.h"

namespace syncwright::emulator {

namespace {

/// Ada at her machine: a token of the password grant.
struct SignedIn : PeopleFixture {
  SignedIn() {
    http::HttpRequest request;
    request.method = http::HttpMethod::post;
    request.url = "https://login.example/t/oauth2/v2.0/token";
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    request.body =
        "grant_type=password&client_id=portal&password=p&username=Ada%40fabrikam.example";
    const Json answer = take(tenant.handle(request)).body;
    REQUIRE(answer.contains("access_token"));
    token = answer["access_token"];
  }
};

}  // namespace

TEST_CASE("/me is the user whose token it is") {
  SignedIn fixture;
  for (const std::string version : {"v1.0", "beta"}) {
    CHECK(fixture.get(version == "beta" ? "/beta/me" : "/me").body ==
          Json{{"@odata.context", "https://graph.example/" + version + "/$metadata#users/$entity"},
               {"id", ada},
               {"businessPhones", {"+00 555 0101"}},
               {"displayName", "Ada Lind"},
               {"givenName", "Ada"},
               {"jobTitle", nullptr},
               {"mail", "ada@fabrikam.example"},
               {"mobilePhone", nullptr},
               {"officeLocation", "North 4"},
               {"preferredLanguage", nullptr},
               {"surname", "Lind"},
               {"userPrincipalName", "ada@fabrikam.example"}});
  }
  CHECK(fixture.get("/me?$select=department").body["department"] == "Sales");
  CHECK(fixture.get("/me?$expand=manager($select=id)").body["manager"]["id"] == dan);
  CHECK(fixture.names("/me/memberOf") == "Sales ");
  CHECK(fixture.names("/me/transitiveMemberOf/microsoft.graph.group") == "Sales ");
  CHECK(fixture.get("/me/manager").body["id"] == dan);
  CHECK(fixture.names("/me/directReports").empty());
  CHECK(fixture.post("/me/checkMemberGroups", {{"groupIds", {newsletter, sales}}}).body["value"] ==
        Json::array({sales}));
}

TEST_CASE("User.Read is enough to see oneself and one's groups, and nobody else") {
  SignedIn fixture;
  fixture.token = token_with_claim(fixture, "scp", "User.Read");
  CHECK(fixture.get("/me").status == 200);
  CHECK(fixture.get("/me/memberOf").status == 200);
  CHECK(fixture.get("/me/manager").status == 403);
  CHECK(fixture.get(std::string("/users/") + cyn).status == 403);
}

TEST_CASE("/me asks for a user, and for one who is there") {
  PeopleFixture application;
  for (const char* path : {"/me", "/beta/me", "/me/memberOf"}) {
    const Answer refused = application.get(path);
    CHECK(refused.status == 400);
    CHECK(refused.code() == "BadRequest");
    CHECK(refused.message() == "/me request is only valid with delegated authentication flow.");
  }
  application.token = token_with_roles(application, {"Organization.Read.All"});
  CHECK(application.get("/me").status == 403);
  SignedIn fixture;
  CHECK(fixture.remove(std::string("/users/") + ada).status == 204);
  CHECK(fixture.get("/me").code() == "Request_ResourceNotFound");
}

}  // namespace syncwright::emulator
