#include "sign_in_fixture.h"
#include "syncwright/core/text.h"

namespace syncwright::emulator {

namespace {

Answer ask(TenantFixture& fixture, const std::string& path, const std::string& form) {
  http::HttpRequest request;
  request.method = http::HttpMethod::post;
  request.url = "https://login.example" + path;
  request.headers.set("Content-Type", "application/x-www-form-urlencoded");
  request.body = form;
  return TenantFixture::take(fixture.tenant.handle(request));
}

std::string token_with(const Json& claims) {
  return base64url_encode("{}") + "." + base64url_encode(claims.dump()) + ".x";
}

Json usable_claims(const TenantFixture& fixture) {
  const auto now = std::chrono::floor<std::chrono::seconds>(fixture.clock.now());
  return {{"aud", "https://graph.microsoft.com"},
          {"exp", now.time_since_epoch().count() + 60},
          {"roles", Json::array()}};
}

}  // namespace

TEST_CASE("client credentials get a token that Graph takes") {
  TenantFixture fixture;
  const std::string tenant = "0aaaaaaa-0000-4000-8000-000000000000";
  const Answer answer = ask(fixture, "/" + tenant + "/oauth2/v2.0/token",
                            "client_id=c1&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default&"
                            "client_secret=s%26cret&grant_type=client_credentials");
  REQUIRE(answer.status == 200);
  CHECK(answer.body["token_type"] == "Bearer");
  CHECK(answer.body["expires_in"] == 3599);
  CHECK_FALSE(answer.body.contains("refresh_token"));
  const Json claims = claims_of(answer.body["access_token"]);
  CHECK(claims["tid"] == tenant);
  CHECK(claims["appid"] == "c1");
  CHECK(claims["roles"].size() > 5);
  fixture.token = answer.body["access_token"];
  CHECK(fixture.get("/servicePrincipals").status == 200);
}

TEST_CASE("the version 1 password grant answers numbers as texts and a delegated token") {
  TenantFixture fixture;
  const Answer answer =
      ask(fixture, "/fabrikam.example/oauth2/token",
          "client_id=c1&resource=https://graph.microsoft.com/&grant_type=password&username=a@b.c&"
          "password=p");
  REQUIRE(answer.status == 200);
  CHECK(answer.body["expires_in"] == "3599");
  CHECK(answer.body["not_before"] == "1767225600");
  CHECK(answer.body["expires_on"] == "1767229199");
  CHECK(answer.body["resource"] == "https://graph.microsoft.com/");
  const Json claims = claims_of(answer.body["access_token"]);
  CHECK(claims["tid"] == fixture.tenant.tenant_id());
  CHECK(claims["scp"].get<std::string>().find("Application.ReadWrite.All") != std::string::npos);
  fixture.token = answer.body["access_token"];
  CHECK(fixture.get("/users").status == 200);
}

TEST_CASE("the path names the tenant: by an id, by a name of the own one, or by another name") {
  TenantFixture fixture;
  const auto tenant_for = [&](TenantFixture& asked, const std::string& name) {
    const Answer answer = ask(asked, "/" + name + "/oauth2/v2.0/token",
                              "client_id=c&client_secret=s&grant_type=client_credentials");
    REQUIRE(answer.status == 200);
    return claims_of(answer.body["access_token"])["tid"].get<std::string>();
  };
  const std::string own = fixture.tenant.tenant_id();
  CHECK(tenant_for(fixture, "0AAAAAAA-0000-4000-8000-00000000000F") ==
        "0aaaaaaa-0000-4000-8000-00000000000f");
  for (const char* name : {"fabrikam.example", "Fabrikam", "fabrikam.onmicrosoft.com", "common",
                           "organizations", "11111111-2222-4333-8444-555555555555"}) {
    CAPTURE(name);
    CHECK(tenant_for(fixture, name) == own);
  }
  const std::string named = tenant_for(fixture, "northwind.example");
  CHECK(named != own);
  CHECK(is_guid(named));
  CHECK(tenant_for(fixture, "NorthWind.example") == named);
  CHECK(tenant_for(fixture, "tailspin.example") != named);
  TenantFixture another;
  CHECK(tenant_for(another, "northwind.example") == named);
}

TEST_CASE("Graph answers as the tenant that the token is for") {
  TenantFixture fixture;
  const std::string tenant = "0aaaaaaa-0000-4000-8000-000000000000";
  fixture.token = ask(fixture, "/" + tenant + "/oauth2/v2.0/token",
                      "client_id=c&client_secret=s&grant_type=client_credentials")
                      .body["access_token"];
  CHECK(fixture.get("/organization").body["value"][0]["id"] == tenant);
  const App app = fixture.started();
  CHECK(fixture.job.starts_with("crm.0aaaaaaa000040008000000000000000."));
  CHECK(fixture.get("/servicePrincipals/" + app.service_principal).body["appOwnerOrganizationId"] ==
        tenant);
  fixture.assign(app, ada);
  fixture.act(app, "start");
  fixture.status(app);
  const Json entries = fixture.get("/auditLogs/provisioning").body["value"];
  REQUIRE_FALSE(entries.empty());
  for (const Json& entry : entries) CHECK(entry["tenantId"] == tenant);
  fixture.token = fixture.tenant.issue_token();
  CHECK(fixture.get("/organization").body["value"][0]["id"] == fixture.tenant.tenant_id());
}

TEST_CASE("refused token requests say why") {
  TenantFixture fixture;
  const std::string path = "/t/oauth2/v2.0/token";
  const std::string client = "client_id=c&grant_type=client_credentials";
  CHECK(ask(fixture, path, client + "&client_secret=invalid").body["error"] == "invalid_client");
  CHECK(ask(fixture, path, client).body["error_codes"][0] == 7000216);
  CHECK(ask(fixture, path, "client_id=c&grant_type=magic").body["error"] ==
        "unsupported_grant_type");
  CHECK(ask(fixture, path, "grant_type=client_credentials").body["error"] == "invalid_request");
  CHECK(
      ask(fixture, "/t/oauth2/token", "client_id=c&grant_type=password&username=a").body["error"] ==
      "invalid_grant");
}

TEST_CASE("a bearer token that cannot be used is 401 InvalidAuthenticationToken") {
  TenantFixture fixture;
  fixture.token = "";
  CHECK(fixture.get("/users").message() == "Access token is empty.");
  fixture.token = "opaque";
  const Answer malformed = fixture.get("/users");
  CHECK(malformed.status == 401);
  CHECK(malformed.code() == "InvalidAuthenticationToken");
  CHECK(malformed.message() == "CompactToken parsing failed with error code: 80049217");
  Json claims = usable_claims(fixture);
  claims["aud"] = "https://vault.example";
  fixture.token = token_with(claims);
  CHECK(fixture.get("/users").status == 401);
  fixture.token = fixture.tenant.issue_token();
  fixture.clock.advance(std::chrono::hours{1});
  const Answer expired = fixture.get("/users");
  CHECK(expired.status == 401);
  CHECK(expired.message().starts_with("Lifetime validation failed"));
}

TEST_CASE("a missing permission is 403 in the directory and an empty 401 in synchronization") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  Json claims = usable_claims(fixture);
  fixture.token = token_with(claims);
  CHECK(fixture.get("/applicationTemplates").status == 200);
  const Answer directory = fixture.get("/servicePrincipals");
  CHECK(directory.status == 403);
  CHECK(directory.code() == "Authorization_RequestDenied");
  const Answer synchronization = fixture.get(TenantFixture::jobs(app));
  CHECK(synchronization.status == 401);
  CHECK(synchronization.code() == "UnknownError");
  CHECK(synchronization.message().empty());
  CHECK(fixture.get("/auditLogs/provisioning").status == 403);
  CHECK(fixture.assign(app, ada).status == 403);

  claims["roles"] = {"Synchronization.Read.All"};
  fixture.token = token_with(claims);
  CHECK(fixture.get(TenantFixture::jobs(app)).status == 200);
  CHECK(fixture.send(http::HttpMethod::post, TenantFixture::jobs(app), {{"templateId", "crm"}})
            .status == 401);
  claims["roles"] = {"Application.ReadWrite.OwnedBy"};
  fixture.token = token_with(claims);
  CHECK(fixture.send(http::HttpMethod::post, TenantFixture::jobs(app), {{"templateId", "crm"}})
            .status == 201);
}

}  // namespace syncwright::emulator
