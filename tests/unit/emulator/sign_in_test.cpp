#include "sign_in_fixture.h"

namespace syncwright::emulator {

namespace {

const std::string unknown_client = "grant_type=client_credentials&client_id=c";

}  // namespace

TEST_CASE("a token says who is who: oid, sub, tid, appid, roles and times") {
  SignInFixture fixture;
  const Answer answer = fixture.with_secret("any");
  REQUIRE(answer.status == 200);
  Json claims = claims_of(answer.body["access_token"]);
  const std::string tenant = claims["tid"];
  CHECK(claims["roles"].size() > 5);
  claims.erase("roles");
  claims.erase("uti");
  CHECK(claims == Json{{"aud", "https://graph.microsoft.com"},
                       {"iss", "https://sts.windows.net/" + tenant + "/"},
                       {"idp", "https://sts.windows.net/" + tenant + "/"},
                       {"iat", 1767225600},
                       {"nbf", 1767225600},
                       {"exp", 1767229199},
                       {"appid", fixture.app.app_id},
                       {"appidacr", "1"},
                       {"idtyp", "app"},
                       {"oid", fixture.app.service_principal},
                       {"sub", fixture.app.service_principal},
                       {"tid", tenant},
                       {"ver", "1.0"}});
}

TEST_CASE("whom the state does not know has the same oid in every run") {
  SignInFixture fixture;
  SignInFixture another;
  const auto oid = [](SignInFixture& asked, const std::string& form) {
    const Answer answer = asked.post("/fabrikam/oauth2/v2.0/token", form + "&client_secret=s");
    REQUIRE(answer.status == 200);
    return claims_of(answer.body["access_token"])["oid"].get<std::string>();
  };
  CHECK(oid(fixture, unknown_client) == oid(another, unknown_client));
  CHECK(oid(fixture, unknown_client) != oid(fixture, unknown_client + "2"));
}

TEST_CASE("a user's token has the user's id and scopes") {
  SignInFixture fixture;
  const std::string name = fixture.get(std::string("/users/") + ada).body["userPrincipalName"];
  const Answer answer =
      fixture.post(SignInFixture::token_path,
                   "grant_type=password&client_id=c&password=p&username=" + percent_encode(name));
  REQUIRE(answer.status == 200);
  CHECK(answer.body["scope"].get<std::string>().find("User.Read.All") != std::string::npos);
  const Json claims = claims_of(answer.body["access_token"]);
  CHECK(claims["oid"] == ada);
  CHECK(claims["idtyp"] == "user");
  CHECK(claims["upn"] == name);
  CHECK(claims["scp"] == answer.body["scope"]);
  CHECK_FALSE(claims.contains("roles"));
}

TEST_CASE("version 1 answers numbers as texts and repeats the resource") {
  SignInFixture fixture;
  Answer answer =
      fixture.post("/contoso/oauth2/token",
                   unknown_client + "&client_secret=s&resource=https://graph.microsoft.us/");
  REQUIRE(answer.status == 200);
  CHECK(claims_of(answer.body["access_token"])["aud"] == "https://graph.microsoft.us");
  answer.body.erase("access_token");
  CHECK(answer.body == Json{{"token_type", "Bearer"},
                            {"expires_in", "3599"},
                            {"ext_expires_in", "3599"},
                            {"expires_on", "1767229199"},
                            {"not_before", "1767225600"},
                            {"resource", "https://graph.microsoft.us/"}});
}

TEST_CASE("the audience is what was asked for, and Graph takes those of every cloud") {
  SignInFixture fixture;
  const auto asked = [&](const std::string& scope) {
    const Answer answer =
        fixture.post(SignInFixture::token_path,
                     unknown_client + "&client_secret=s&scope=" + percent_encode(scope));
    REQUIRE(answer.status == 200);
    fixture.token = answer.body["access_token"];
    return claims_of(fixture.token)["aud"].get<std::string>() + " " +
           std::to_string(fixture.get("/applications").status);
  };
  CHECK(asked("https://graph.microsoft.com/.default") == "https://graph.microsoft.com 200");
  CHECK(asked("https://dod-graph.microsoft.us/.default") == "https://dod-graph.microsoft.us 200");
  CHECK(asked("https://microsoftgraph.chinacloudapi.cn//.default") ==
        "https://microsoftgraph.chinacloudapi.cn 200");
  CHECK(asked("00000003-0000-0000-c000-000000000000/.default") ==
        "00000003-0000-0000-c000-000000000000 200");
  CHECK(asked("https://login.example/.default") == "https://graph.microsoft.com 200");
  CHECK(asked("https://vault.azure.net/.default") == "https://vault.azure.net 401");
}

TEST_CASE("the token endpoint refuses with the service's numbers") {
  SignInFixture fixture;
  const auto posted = [&](const std::string& tenant, const std::string& form) {
    return outcome(fixture.post("/" + tenant + "/oauth2/v2.0/token", form));
  };
  CHECK(posted("t", unknown_client + "&client_secret=invalid") == "401 invalid_client 7000215");
  CHECK(posted("t", unknown_client) == "401 invalid_client 7000216");
  CHECK(posted("t", "client_id=c&grant_type=magic") == "400 unsupported_grant_type 70003");
  CHECK(posted("t", "grant_type=client_credentials") == "400 invalid_request 900144");
  CHECK(posted("t", unknown_client + "&client_assertion=a.b.c") == "400 invalid_request 900144");
  CHECK(posted("t", unknown_client + "&client_secret=s&scope=User.Read.All") ==
        "400 invalid_scope 1002012");
  CHECK(posted("invalid", unknown_client + "&client_secret=s") == "400 invalid_request 90002");
  CHECK(posted("nobody.invalid", unknown_client + "&client_secret=s") ==
        "400 invalid_request 90002");
  CHECK(posted("a%20b", unknown_client + "&client_secret=s") == "400 invalid_request 900023");
  CHECK(posted("t", "client_id=c&grant_type=password&username=a&password=invalid") ==
        "400 invalid_grant 50126");
  const std::string name = fixture.get(std::string("/users/") + cyn).body["userPrincipalName"];
  CHECK(
      fixture
          .send(http::HttpMethod::patch, std::string("/users/") + cyn, {{"accountEnabled", false}})
          .status == 204);
  CHECK(posted("t", "client_id=c&grant_type=password&password=p&username=" +
                        percent_encode(name)) == "400 invalid_grant 50057");
  CHECK(outcome(fixture.fetch("/t/oauth2/v2.0/token")) == "400 invalid_request 900561");
}

TEST_CASE("a refusal has the whole body of the service") {
  SignInFixture fixture;
  const Answer answer = fixture.post(SignInFixture::token_path, unknown_client);
  Json body = answer.body;
  const std::string description = body["error_description"];
  CHECK(description.starts_with("AADSTS7000216: "));
  CHECK(description.find("Trace ID: " + body["trace_id"].get<std::string>()) != std::string::npos);
  CHECK(description.find("Correlation ID: " + body["correlation_id"].get<std::string>()) !=
        std::string::npos);
  for (const char* name : {"error_description", "trace_id", "correlation_id"}) body.erase(name);
  CHECK(body == Json{{"error", "invalid_client"},
                     {"error_codes", Json::array({7000216})},
                     {"timestamp", "2026-01-01 00:00:00Z"},
                     {"error_uri", "https://login.microsoftonline.com/error?code=7000216"}});
}

TEST_CASE("an application that is disabled, gone or without a service principal gets no token") {
  SignInFixture fixture;
  const std::string principal = "/servicePrincipals/" + fixture.app.service_principal;
  fixture.send(http::HttpMethod::patch, principal, {{"accountEnabled", false}});
  CHECK(outcome(fixture.with_secret("any")) == "400 unauthorized_client 7000112");
  fixture.send(http::HttpMethod::del, principal);
  CHECK(outcome(fixture.with_secret("any")) == "401 invalid_client 7000229");
  fixture.send(http::HttpMethod::del, "/applications/" + fixture.app.application);
  CHECK(outcome(fixture.with_secret("any")) == "400 unauthorized_client 700016");
}

TEST_CASE("a secret is made by addPassword, answered once and kept as a digest") {
  SignInFixture fixture;
  CHECK(fixture.with_secret("any").status == 200);
  Answer made = fixture.add_password({{"displayName", "pipeline"}});
  REQUIRE(made.status == 200);
  const std::string secret = made.body["secretText"];
  const std::string key_id = made.body["keyId"];
  CHECK(secret.size() == 40);
  for (const char* name : {"secretText", "keyId", "@odata.context"}) made.body.erase(name);
  CHECK(made.body == Json{{"customKeyIdentifier", nullptr},
                          {"displayName", "pipeline"},
                          {"startDateTime", "2026-01-01T00:00:00Z"},
                          {"endDateTime", "2028-01-01T00:00:00Z"},
                          {"hint", secret.substr(0, 3)}});
  CHECK(fixture.with_secret(secret).status == 200);
  CHECK(outcome(fixture.with_secret("any")) == "401 invalid_client 7000215");
  CHECK(fixture.tenant.state_text().find(secret) == std::string::npos);
  const Json kept =
      fixture.get("/applications/" + fixture.app.application).body["passwordCredentials"];
  REQUIRE(kept.size() == 1);
  CHECK(kept[0]["keyId"] == key_id);
  CHECK(kept[0]["secretText"].is_null());

  auto again = Tenant::restore(state_of(fixture.tenant), fabrikam(), fixture.clock, {});
  REQUIRE(again.has_value());
  CHECK(state_of(**again) == state_of(fixture.tenant));

  const std::string remove = "/applications/" + fixture.app.application + "/removePassword";
  CHECK(fixture.send(http::HttpMethod::post, remove, {{"keyId", random_uuid()}}).status == 400);
  CHECK(fixture.send(http::HttpMethod::post, remove, {{"keyId", key_id}}).status == 204);
  CHECK(outcome(fixture.with_secret("any")) == "401 invalid_client 7000215");
  CHECK(outcome(fixture.with_secret(secret)) == "401 invalid_client 7000215");
  CHECK(state_of(fixture.tenant)["passwordDigests"].empty());
}

TEST_CASE("a secret in the Basic header is encoded as a form is") {
  SignInFixture fixture;
  const std::string secret = fixture.add_password().body["secretText"];
  std::string pair = base64url_encode(fixture.app.app_id + ":" + percent_encode(secret));
  const auto with_header = [&](const std::string& value) {
    return fixture.post(SignInFixture::token_path, "grant_type=client_credentials",
                        {{"Authorization", "Basic " + value}});
  };
  CHECK(with_header(pair).status == 200);
  pair = base64url_encode(fixture.app.app_id + ":wrong");
  CHECK(outcome(with_header(pair)) == "401 invalid_client 7000215");
}

TEST_CASE("a secret expires") {
  SignInFixture fixture;
  CHECK(fixture.add_password({{"endDateTime", "soon"}}).status == 400);
  const std::string secret =
      fixture.add_password({{"endDateTime", "2026-01-01T00:10:00Z"}}).body["secretText"];
  CHECK(fixture.with_secret(secret).status == 200);
  fixture.clock.advance(std::chrono::minutes{10});
  CHECK(outcome(fixture.with_secret(secret)) == "401 invalid_client 7000222");
}

TEST_CASE("a service principal has secrets of its own") {
  SignInFixture fixture;
  const std::string principal = "/servicePrincipals/" + fixture.app.service_principal;
  const Answer made = fixture.send(http::HttpMethod::post, principal + "/addPassword",
                                   {{"passwordCredential", Json::object()}});
  REQUIRE(made.status == 200);
  CHECK(fixture.with_secret(made.body["secretText"]).status == 200);
  CHECK(outcome(fixture.with_secret("any")) == "401 invalid_client 7000215");
  CHECK(fixture
            .send(http::HttpMethod::post, principal + "/removePassword",
                  {{"keyId", made.body["keyId"]}})
            .status == 204);
  CHECK(outcome(fixture.with_secret("any")) == "401 invalid_client 7000215");
}

TEST_CASE("roles are those that the state's assignments grant on Microsoft Graph") {
  SignInFixture fixture;
  const App graph = fixture.instantiate(crm_id, "Microsoft Graph");
  const auto role = [](const char* id, const char* value) {
    return Json{{"id", id},
                {"value", value},
                {"displayName", value},
                {"isEnabled", true},
                {"allowedMemberTypes", {"Application"}}};
  };
  const char* reads = "11111111-0000-4000-8000-000000000001";
  const char* writes = "11111111-0000-4000-8000-000000000002";
  CHECK(fixture
            .send(http::HttpMethod::patch, "/servicePrincipals/" + graph.service_principal,
                  {{"appRoles", Json::array({role(reads, "Synchronization.Read.All"),
                                             role(writes, "Synchronization.ReadWrite.All")})}})
            .status == 204);
  CHECK(fixture
            .send(http::HttpMethod::post,
                  "/servicePrincipals/" + graph.service_principal + "/appRoleAssignedTo",
                  {{"principalId", fixture.app.service_principal},
                   {"resourceId", graph.service_principal},
                   {"appRoleId", reads}})
            .status == 201);
  const auto roles = [&](Tenant& tenant) {
    http::HttpRequest request;
    request.method = http::HttpMethod::post;
    request.url = std::string("https://login.example") + SignInFixture::token_path;
    request.body = "grant_type=client_credentials&client_secret=s&client_id=" + fixture.app.app_id;
    return claims_of(TenantFixture::take(tenant.handle(request)).body["access_token"])["roles"];
  };
  CHECK(roles(fixture.tenant).size() > 5);  // it is an application like any other so far
  std::string state = fixture.tenant.state_text();
  for (std::size_t at = 0; (at = state.find(graph.app_id)) != std::string::npos;) {
    state.replace(at, graph.app_id.size(), "00000003-0000-0000-c000-000000000000");
  }
  auto consented = Tenant::restore(Json::parse(state), fabrikam(), fixture.clock, {});
  REQUIRE(consented.has_value());
  CHECK(roles(**consented) == Json::array({"Synchronization.Read.All"}));
}

}  // namespace syncwright::emulator
