#include "tenant_fixture.h"

namespace syncwright::emulator {

namespace {

Answer ask(TenantFixture& fixture, const std::string& path, const std::string& form) {
  HttpRequest request;
  request.method = HttpMethod::post;
  request.url = "https://login.example" + path;
  request.headers.set("Content-Type", "application/x-www-form-urlencoded");
  request.body = form;
  return TenantFixture::take(fixture.tenant.handle(request));
}

Json claims_of(const std::string& token) {
  const std::size_t dot = token.find('.');
  return Json::parse(
      base64url_decode(token.substr(dot + 1, token.rfind('.') - dot - 1)).value_or(""), nullptr,
      false);
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
  CHECK(fixture.send(HttpMethod::post, TenantFixture::jobs(app), {{"templateId", "crm"}}).status ==
        401);
  claims["roles"] = {"Application.ReadWrite.OwnedBy"};
  fixture.token = token_with(claims);
  CHECK(fixture.send(HttpMethod::post, TenantFixture::jobs(app), {{"templateId", "crm"}}).status ==
        201);
}

}  // namespace syncwright::emulator
