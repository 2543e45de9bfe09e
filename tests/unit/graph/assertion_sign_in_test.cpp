#include <filesystem>

#include "sign_in_world.h"
#include "syncwright/core/encoding.h"
#include "test_certificate.h"

using namespace syncwright;
using namespace syncwright::graph_read;

namespace {

constexpr const char* kTokenUrl = "https://login.microsoftonline.com/t1/oauth2/v2.0/token";
const std::string kAssertionForm =
    "grant_type=client_credentials&client_id=c1&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default&"
    "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&"
    "client_assertion=";

std::string assertion_in(const http::HttpRequest& request) {
  REQUIRE(request.body.starts_with(kAssertionForm));
  return percent_decode(request.body.substr(kAssertionForm.size()), true);
}

Json part_of(const std::string& jwt, int index) {
  std::size_t begin = 0;
  for (int i = 0; i < index; ++i) begin = jwt.find('.', begin) + 1;
  return Json::parse(
      base64url_decode(jwt.substr(begin, jwt.find('.', begin) - begin)).value_or(""));
}

}  // namespace

TEST_CASE("a certificate signs a new assertion for each exchange") {
  const Folder folder;
  const TestKey key = rsa_key();
  const TestX509 own = certificate_of(key, "own");
  const std::string path = folder.write("both.pem", pem_of(own) + pem_of(key));
  SignInWorld world = granting();
  const auto source = world.source(app_with({{"AZURE_CLIENT_CERTIFICATE_PATH", path}}));
  REQUIRE(source);
  CHECK((*source)->description() == "certificate of app c1");
  REQUIRE((*source)->token({}));
  const http::HttpRequest sent = world.graph.requests().front();
  CHECK(sent.method == http::HttpMethod::post);
  CHECK(sent.url == kTokenUrl);
  CHECK(sent.confidential);
  const std::string jwt = assertion_in(sent);
  CHECK(is_signed_by(jwt, key));
  Json claims = part_of(jwt, 1);
  const std::string first_id = claims.at("jti");
  claims.erase("jti");
  CHECK(claims == Json{{"aud", kTokenUrl},
                       {"iss", "c1"},
                       {"sub", "c1"},
                       {"iat", 1'767'225'600},
                       {"nbf", 1'767'225'600},
                       {"exp", 1'767'226'200}});
  CHECK(first_id.size() == 36);

  const TestKey next = rsa_key();
  folder.write("both.pem", pem_of(certificate_of(next, "next")) + pem_of(next));
  CHECK((*source)->renew());
  REQUIRE((*source)->token({}));
  const std::string renewed = assertion_in(world.graph.requests().back());
  CHECK(is_signed_by(renewed, next));
  CHECK(part_of(renewed, 1).at("jti") != first_id);
}

TEST_CASE("the chain is sent where it is asked for") {
  const Folder folder;
  const TestKey key = rsa_key();
  const std::string path =
      folder.write("c.pfx", pkcs12_of(key, certificate_of(key, "own"), {}, "pass word"));
  SignInWorld world = granting();
  for (const auto& [word, size] :
       {std::pair("true", 1), std::pair("1", 1), std::pair("false", 0)}) {
    REQUIRE(world
                .token(app_with({{"AZURE_CLIENT_CERTIFICATE_PATH", path},
                                 {"AZURE_CLIENT_CERTIFICATE_PASSWORD", "pass word"},
                                 {"AZURE_CLIENT_SEND_CERTIFICATE_CHAIN", word}}))
                .starts_with("token-"));
    const Json header = part_of(assertion_in(world.graph.requests().back()), 0);
    CHECK(header.value("x5c", Json::array()).size() == static_cast<std::size_t>(size));
  }
}

TEST_CASE("a certificate that cannot be used is said with the way out, and nothing is sent") {
  const Folder folder;
  const TestKey key = rsa_key();
  const std::string old = folder.write(
      "old.pem",
      pem_of(certificate_of(key, "old", *parse_rfc3339("2026-01-01T00:00:00Z"))) + pem_of(key));
  SignInWorld world = granting();
  CHECK(
      world.token(app_with({{"AZURE_CLIENT_CERTIFICATE_PATH", old}})) ==
      "AZURE_CLIENT_CERTIFICATE_PATH: the certificate expired on 2026-01-01T00:00:00Z; make a new "
      "certificate, upload it to the application and put it there; or set this machine's clock");
  const std::string bare = folder.write("bare.pem", pem_of(key));
  CHECK(world.token(app_with({{"AZURE_CLIENT_CERTIFICATE_PATH", bare}})) ==
        "AZURE_CLIENT_CERTIFICATE_PATH: " + bare +
            ": the certificate file holds no certificate; put the certificate beside the key: cat "
            "cert.pem key.pem > both.pem");
  CHECK(world.token(app_with({{"AZURE_CLIENT_CERTIFICATE_PATH", folder.path() / "none.pem"}}))
            .ends_with("name a file that this user may read"));
  CHECK(world.count == 0);
}

TEST_CASE("a federated token file is read anew for each exchange") {
  const Folder folder;
  const std::string path = folder.write("token", "jwt-1\n");
  SignInWorld world = granting();
  const auto source = world.source(app_with({{"AZURE_FEDERATED_TOKEN_FILE", path}}));
  REQUIRE(source);
  CHECK((*source)->description() == "federated token file of app c1");
  REQUIRE((*source)->token({}));
  folder.write("token", "jwt-2");
  REQUIRE((*source)->token({}));
  CHECK(world.count == 1);
  world.clock.advance(std::chrono::seconds(3599 - 300));
  REQUIRE((*source)->token({}));
  REQUIRE(world.count == 2);
  CHECK(world.graph.requests().front().url == kTokenUrl);
  CHECK(world.graph.requests().front().body == kAssertionForm + "jwt-1");
  CHECK(world.graph.requests().back().body == kAssertionForm + "jwt-2");

  folder.write("token", "\n");
  CHECK((*source)->renew());
  const Result<Secret> none = (*source)->token({});
  REQUIRE_FALSE(none);
  CHECK(none.error().message == "the file of AZURE_FEDERATED_TOKEN_FILE is empty");
  folder.write("token", "two words");
  CHECK((*source)->token({}).error().message ==
        "the file of AZURE_FEDERATED_TOKEN_FILE holds characters that no token has");
  folder.write("token", std::string(100'000, 'x'));
  CHECK((*source)->token({}).error().kind == ErrorKind::unauthenticated);
  CHECK(world.count == 2);
}

TEST_CASE("GitHub's identity token proves who the application is") {
  SignInWorld world([](const http::HttpRequest& request, int number) {
    return request.method == http::HttpMethod::get ? json_answer(200, R"({"value":"github-jwt"})")
                                                   : granted(number);
  });
  const Variables variables = app_with(
      {{"ACTIONS_ID_TOKEN_REQUEST_URL", "https://run.actions.test/idtoken?api-version=2.0"},
       {"ACTIONS_ID_TOKEN_REQUEST_TOKEN", "job-secret"}});
  CHECK(world.token(variables) == "token-2");
  REQUIRE(world.count == 2);
  const http::HttpRequest asked = world.graph.requests().front();
  CHECK(
      asked.url ==
      "https://run.actions.test/idtoken?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange");
  CHECK(asked.headers.get("Authorization") == "Bearer job-secret");
  CHECK(asked.confidential);
  const http::HttpRequest sent = world.graph.requests().back();
  CHECK(sent.url == kTokenUrl);
  CHECK(sent.body == kAssertionForm + "github-jwt");
  CHECK_FALSE(sent.headers.get("Authorization"));

  Variables plain = variables;
  plain["ACTIONS_ID_TOKEN_REQUEST_URL"] = "http://run.actions.test/idtoken";
  CHECK(world.source(plain).error().kind == ErrorKind::guard);
  CHECK(world.count == 2);
}

TEST_CASE("a refusal of the pipeline's service names it, without the job's token") {
  SignInWorld world([](const http::HttpRequest&, int) {
    return json_answer(403, R"({"message":"not allowed: job-secret"})");
  });
  const std::string said =
      world.token(app_with({{"ACTIONS_ID_TOKEN_REQUEST_URL", "https://run.actions.test/idtoken"},
                            {"ACTIONS_ID_TOKEN_REQUEST_TOKEN", "job-secret"}}));
  CHECK(said.starts_with("no token by GitHub's OIDC: not allowed: (secret)"));
  CHECK(said.find("job-secret") == std::string::npos);
}

TEST_CASE("Azure DevOps' identity token is asked for a service connection") {
  for (const char* name : kServiceConnection) {
    SignInWorld world([](const http::HttpRequest& request, int number) {
      return request.url.starts_with("https://dev.azure.test/")
                 ? json_answer(200, R"({"oidcToken":"devops-jwt"})")
                 : granted(number);
    });
    CHECK(world.token(app_with({{"SYSTEM_OIDCREQUESTURI", "https://dev.azure.test/oidctoken"},
                                {"SYSTEM_ACCESSTOKEN", "job-secret"},
                                {name, "connection 1"}})) == "token-2");
    const http::HttpRequest asked = world.graph.requests().front();
    CHECK(asked.method == http::HttpMethod::post);
    CHECK(asked.url ==
          "https://dev.azure.test/oidctoken?api-version=7.1&serviceConnectionId=connection%201");
    CHECK(asked.headers.get("Authorization") == "Bearer job-secret");
    CHECK(asked.body.empty());
    CHECK(world.graph.requests().back().body == kAssertionForm + "devops-jwt");
  }
  SignInWorld world = granting();
  CHECK(world
            .source(app_with({{"SYSTEM_OIDCREQUESTURI", "https://dev.azure.test/oidctoken"},
                              {"AZURESUBSCRIPTION_SERVICE_CONNECTION_ID", "x"}}))
            .error()
            .message ==
        "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID is set, but SYSTEM_ACCESSTOKEN is not");
}
