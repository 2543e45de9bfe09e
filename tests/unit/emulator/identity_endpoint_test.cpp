#include "emulator/sign_in/jwt.h"
#include "emulator/sign_in/keys.h"
#include "sign_in_fixture.h"
#include "syncwright/core/file.h"
#include "unit/temporary_folder.h"

namespace syncwright::emulator {

namespace {

constexpr const char* emulator_root = "http://127.0.0.1:8080";
const http::HttpHeaders bearer_of_a_run{{"Authorization", "Bearer of the run"}};

bool is_signed_by_the_emulator(const std::string& token) {
  const std::optional<Jwt> jwt = Jwt::parse(token);
  return jwt && jwt->header["kid"] == process_key().jwk()["kid"] &&
         process_key().verifies(SignatureScheme::rs256, jwt->signed_text, jwt->signature);
}

}  // namespace

TEST_CASE("OpenID configuration names the endpoints by the caller's scheme and host") {
  SignInFixture fixture;
  const std::string id = fixture.tenant.tenant_id();
  const std::string base = std::string(emulator_root) + "/fabrikam";
  const Json v2 = fixture.fetch("/fabrikam/v2.0/.well-known/openid-configuration").body;
  CHECK(v2 ==
        Json{{"token_endpoint", base + "/oauth2/v2.0/token"},
             {"token_endpoint_auth_methods_supported",
              {"client_secret_post", "private_key_jwt", "client_secret_basic"}},
             {"jwks_uri", base + "/discovery/v2.0/keys"},
             {"response_modes_supported", {"query", "fragment", "form_post"}},
             {"subject_types_supported", {"pairwise"}},
             {"id_token_signing_alg_values_supported", {"RS256"}},
             {"response_types_supported", {"code", "id_token", "code id_token", "id_token token"}},
             {"scopes_supported", {"openid", "profile", "email", "offline_access"}},
             {"issuer", std::string(emulator_root) + "/" + id + "/v2.0"},
             {"authorization_endpoint", base + "/oauth2/v2.0/authorize"},
             {"end_session_endpoint", base + "/oauth2/v2.0/logout"},
             {"claims_supported",
              {"sub", "iss", "aud", "exp", "iat", "nonce", "oid", "tid", "ver", "appid"}},
             {"tenant_region_scope", nullptr},
             {"cloud_instance_name", "microsoftonline.com"},
             {"msgraph_host", "127.0.0.1:8080"}});
  const Json v1 = fixture.fetch("/fabrikam/.well-known/openid-configuration").body;
  CHECK(v1["token_endpoint"] == base + "/oauth2/token");
  CHECK(v1["jwks_uri"] == base + "/discovery/keys");
  const Answer token = fixture.post("/fabrikam/oauth2/token",
                                    "client_id=c&client_secret=s&grant_type=client_credentials");
  CHECK(v1["issuer"] == claims_of(token.body["access_token"])["iss"]);
}

TEST_CASE("tokens are signed with the key that is published") {
  SignInFixture fixture;
  CHECK(is_signed_by_the_emulator(fixture.with_secret("any").body["access_token"]));
  const Json keys = fixture.fetch("/common/discovery/v2.0/keys").body["keys"];
  REQUIRE(keys.size() == 1);
  CHECK(keys[0]["kty"] == "RSA");
  CHECK(keys[0]["e"] == "AQAB");
  CHECK(base64url_decode(keys[0]["n"].get<std::string>()).value_or("").size() == 256);
  CHECK(fixture.fetch("/common/discovery/keys").body["keys"] == keys);
  CHECK(fixture.fetch("/oidc/.well-known/jwks").body["keys"] == keys);
}

TEST_CASE("instance discovery knows one cloud: the host that was asked") {
  SignInFixture fixture;
  const Answer answer =
      fixture.fetch("/common/discovery/instance?api-version=1.1&authorization_endpoint=" +
                    percent_encode("http://127.0.0.1:8080/fabrikam/oauth2/v2.0/authorize"));
  CHECK(answer.body ==
        Json{{"tenant_discovery_endpoint",
              std::string(emulator_root) + "/fabrikam/v2.0/.well-known/openid-configuration"},
             {"api-version", "1.1"},
             {"metadata", Json::array({{{"preferred_network", "127.0.0.1:8080"},
                                        {"preferred_cache", "127.0.0.1:8080"},
                                        {"aliases", Json::array({"127.0.0.1:8080"})}}})}});
  CHECK(outcome(fixture.fetch("/common/discovery/instance")) == "400 invalid_request 900144");
}

TEST_CASE("a virtual machine gets tokens of its identity, numbers as texts") {
  SignInFixture fixture;
  const std::string path =
      "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://"
      "graph.microsoft.com/";
  const http::HttpHeaders metadata{{"Metadata", "true"}};
  Answer answer = fixture.fetch(path, metadata);
  REQUIRE(answer.status == 200);
  const Json claims = claims_of(answer.body["access_token"]);
  CHECK(is_signed_by_the_emulator(answer.body["access_token"]));
  CHECK(claims["aud"] == "https://graph.microsoft.com");
  CHECK(claims["appid"] == answer.body["client_id"]);
  CHECK(claims["tid"] == fixture.tenant.tenant_id());
  answer.body.erase("access_token");
  answer.body.erase("client_id");
  CHECK(answer.body == Json{{"expires_in", "3599"},
                            {"expires_on", "1767229199"},
                            {"ext_expires_in", "86399"},
                            {"not_before", "1767225600"},
                            {"resource", "https://graph.microsoft.com/"},
                            {"token_type", "Bearer"}});
  CHECK(fixture.fetch(path + "&client_id=mine", metadata).body["client_id"] == "mine");
  const Json named = fixture.fetch(path + "&msi_res_id=/subscriptions/S/x", metadata).body;
  CHECK(named["client_id"] ==
        fixture.fetch(path + "&msi_res_id=/subscriptions/s/X", metadata).body["client_id"]);
  CHECK(fixture.fetch(path + "&client_id=invalid", metadata).status == 400);
  CHECK(fixture.fetch(path).body ==
        Json{{"error", "invalid_request"},
             {"error_description", "Required metadata header not specified"}});
  CHECK(fixture.fetch("/metadata/identity/oauth2/token?resource=r", metadata).status == 400);
  CHECK(fixture.fetch("/metadata/identity/oauth2/token?api-version=2018-02-01", metadata).status ==
        400);
}

TEST_CASE("App Service gives tokens to whoever shows its header") {
  SignInFixture fixture;
  const std::string path =
      "/msi/token?api-version=2019-08-01&resource=https://graph.microsoft.com&client_id=mine";
  Answer answer = fixture.fetch(path, {{"X-IDENTITY-HEADER", "emulated-identity-header"}});
  REQUIRE(answer.status == 200);
  answer.body.erase("access_token");
  CHECK(answer.body == Json{{"client_id", "mine"},
                            {"expires_on", "1767229199"},
                            {"resource", "https://graph.microsoft.com"},
                            {"token_type", "Bearer"}});
  CHECK(fixture.fetch(path).status == 401);
}

TEST_CASE("Azure Arc's agent challenges with a key file, which serves once") {
  const TemporaryFolder folder;
  SignInFixture fixture(TenantOptions{.arc_key_folder = folder.path()});
  const std::string path =
      "/metadata/identity/oauth2/token?api-version=2020-06-01&resource=https://"
      "graph.microsoft.com/";
  const auto asked = [&](const std::string& key, const std::string& more = {}) {
    http::HttpHeaders headers{{"Metadata", "true"}};
    if (!key.empty()) headers.set("Authorization", "Basic " + key);
    return fixture.fetch(path + more, headers);
  };
  const auto challenged_file = [&] {
    const Answer challenge = asked("");
    CHECK(challenge.status == 401);
    const std::string header = challenge.headers.get("WWW-Authenticate").value_or("");
    REQUIRE(header.starts_with("Basic realm="));
    return std::filesystem::path(header.substr(12));
  };
  const std::filesystem::path file = challenged_file();
  CHECK(file.parent_path() == folder.path());
  CHECK(file.extension() == ".key");
  const std::string key = read_file(file).value();
  const Answer granted = asked(key);
  REQUIRE(granted.status == 200);
  CHECK(granted.body["expires_in"] == "3599");
  CHECK_FALSE(std::filesystem::exists(file));
  CHECK(asked(key).status == 401);
  CHECK(asked("a guess").status == 401);
  CHECK(asked("", "&client_id=mine").body["error_description"] == "Identity not found");
  CHECK(fixture.fetch(path).body["error_description"] == "Required metadata header not specified");

  const auto files = [&] {
    return std::distance(std::filesystem::directory_iterator(folder.path()), {});
  };
  for (int i = 0; i < 20; ++i) challenged_file();
  CHECK(files() == 16);
}

TEST_CASE("the agent's key files go with the emulator, and its folder is never made") {
  const TemporaryFolder folder;
  const std::filesystem::path missing = folder.path() / "tokens";
  const std::string path = "/metadata/identity/oauth2/token?api-version=2020-06-01&resource=r";
  const http::HttpHeaders metadata{{"Metadata", "true"}};
  SignInFixture nowhere(TenantOptions{.arc_key_folder = missing});
  const Answer refused = nowhere.fetch(path, metadata);
  CHECK(refused.status == 404);
  CHECK(refused.body ==
        Json{{"error", "not_found"},
             {"error_description",
              "The emulator answers as the agent of Azure Arc where it can write key files: there "
              "is no folder " +
                  missing.string() + "."}});
  CHECK_FALSE(std::filesystem::exists(missing));
  {
    SignInFixture fixture(TenantOptions{.arc_key_folder = folder.path()});
    CHECK(fixture.fetch(path, metadata).status == 401);
    CHECK_FALSE(std::filesystem::is_empty(folder.path()));
  }
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("the emulator's identity provider speaks as GitHub, Azure DevOps and a cluster do") {
  SignInFixture fixture;
  const std::string issuer = std::string(emulator_root) + "/oidc";
  const Json configuration = fixture.fetch("/oidc/.well-known/openid-configuration").body;
  CHECK(configuration["issuer"] == issuer);
  CHECK(configuration["jwks_uri"] == issuer + "/.well-known/jwks");

  const Answer github = fixture.fetch(
      "/oidc/github?subject=repo:a/b:environment:prod&audience=api://AzureADTokenExchange",
      bearer_of_a_run);
  const std::string token = github.body["value"];
  CHECK(github.body["count"] == token.size());
  CHECK(is_signed_by_the_emulator(token));
  Json claims = claims_of(token);
  claims.erase("jti");
  CHECK(claims == Json{{"iss", issuer},
                       {"sub", "repo:a/b:environment:prod"},
                       {"aud", "api://AzureADTokenExchange"},
                       {"iat", 1767225600},
                       {"nbf", 1767225600},
                       {"exp", 1767225900}});
  CHECK(fixture.fetch("/oidc/github").status == 401);

  http::HttpRequest request;
  request.method = http::HttpMethod::post;
  request.url =
      std::string(emulator_root) + "/oidc/azure-devops?api-version=7.1&serviceConnectionId=x";
  CHECK(TenantFixture::take(fixture.tenant.handle(request)).status == 401);
  request.headers = bearer_of_a_run;
  const Answer devops = TenantFixture::take(fixture.tenant.handle(request));
  CHECK(claims_of(devops.body["oidcToken"])["aud"] == "api://AzureADTokenExchange");

  const Answer cluster = fixture.fetch("/oidc/cluster");
  CHECK(cluster.headers.get("Content-Type") == "text/plain");
  CHECK(claims_of(cluster.body)["sub"] == "system:serviceaccount:default:syncwright");
  CHECK(fixture.fetch("/oidc/elsewhere").status == 404);
}

TEST_CASE("a token of the emulator's identity provider signs in where its signature holds") {
  SignInFixture fixture;
  const std::string issuer = "https://login.example/oidc";
  http::HttpRequest request;
  request.url = issuer + "/cluster?subject=runner";
  const std::string token = fixture.tenant.handle(request).body;
  REQUIRE(fixture.federate("own", issuer, "runner").status == 201);
  CHECK(outcome(fixture.with_assertion(token)) == "200");
  const std::string forged =
      second_key().sign({{"alg", "RS256"}, {"typ", "JWT"}}, claims_of(token));
  CHECK(outcome(fixture.with_assertion(forged)) == "401 invalid_client 50013");
}

}  // namespace syncwright::emulator
