#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>
#include <thread>

#include "fake_graph.h"
#include "graph_read/sign_in/azure_cli.h"
#include "graph_read/sign_in/managed_identity.h"
#include "graph_read/sign_in/ways.h"
#include "syncwright/core/encoding.h"
#include "syncwright/core/file.h"
#include "test_certificate.h"
#include "unit/manual_clock.h"
#include "unit/temporary_folder.h"

using namespace syncwright;
using namespace syncwright::graph_read;

namespace {

using Variables = std::map<std::string, std::string>;

const Variables kApp = {{"AZURE_TENANT_ID", "t1"}, {"AZURE_CLIENT_ID", "c1"}};
constexpr const char* kTokenUrl = "https://login.microsoftonline.com/t1/oauth2/v2.0/token";
const std::string kAssertionForm =
    "grant_type=client_credentials&client_id=c1&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default&"
    "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&"
    "client_assertion=";

Variables app_with(const Variables& more) {
  Variables variables = kApp;
  variables.insert(more.begin(), more.end());
  return variables;
}

/// A folder whose files a test writes.
struct Folder : TemporaryFolder {
  std::string write(const std::string& name, const std::string& content) const {
    REQUIRE(write_file_atomically(path() / name, content));
    return (path() / name).string();
  }
};

/// The world that a sign-in sees: every request is answered by `answer`, by its number.
struct SignInWorld {
  using Answer = std::function<http::HttpResponse(const http::HttpRequest&, int number)>;

  explicit SignInWorld(Answer given)
      : graph([this, given](const http::HttpRequest& request) {
          return Result<http::HttpResponse>(given(request, ++count));
        }) {}

  Result<std::unique_ptr<TokenSource>> source(const Variables& variables,
                                              const std::string& tenant = {}) {
    return make_token_source(Environment(variables), graph, clock, "https://graph.microsoft.com",
                             tenant);
  }
  /// The token, or what went wrong and the way out.
  std::string token(const Variables& variables) {
    const auto made = source(variables);
    if (!made) return made.error().message + "; " + made.error().advice;
    const Result<Secret> token = (*made)->token({});
    return token ? std::string(token->reveal())
                 : token.error().message + "; " + token.error().advice;
  }

  int count = 0;
  FakeGraph graph;
  ManualClock clock;
};

http::HttpResponse granted(int number) {
  return json_answer(
      200, fmt::format(R"({{"token_type":"Bearer","expires_in":3599,"access_token":"token-{}"}})",
                       number));
}

SignInWorld granting() {
  return SignInWorld([](const http::HttpRequest&, int number) { return granted(number); });
}

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

std::vector<std::string> states(const TokenSource& source) {
  std::vector<std::string> lines;
  for (const SignInWay& way : source.ways()) {
    std::string line = way.name + ": " + to_string(way.state);
    for (const std::string& name : way.missing) line += " " + name;
    if (!way.reason.empty()) line += " (" + way.reason + ")";
    lines.push_back(line);
  }
  return lines;
}

}  // namespace

TEST_CASE("the docs list the ways in the order in which they are tried") {
  const std::string page =
      read_file(std::filesystem::path(SYNCWRIGHT_SOURCE_DIR) / "docs/real-tenant.md").value();
  std::size_t at = page.find("<a id=\"ways\">");
  for (const Way& way : sign_in_ways()) {
    CAPTURE(way.name);
    const std::size_t row = page.find(fmt::format("\n| {} |", way.name), at);
    REQUIRE(row != std::string::npos);
    at = row + 1;
    const std::string line = page.substr(at, page.find('\n', at) - at);
    for (const AnyOf& names : way.needs) {
      for (const char* name : names) CHECK(line.find(name) != std::string::npos);
    }
  }
}

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

TEST_CASE("App Service and Container Apps give a token for their header") {
  SignInWorld world([](const http::HttpRequest&, int) {
    return json_answer(200, R"({"access_token":"msi","expires_on":"1767229200","resource":"x"})");
  });
  const Variables variables = {{"IDENTITY_ENDPOINT", "http://localhost:42356/msi/token"},
                               {"IDENTITY_HEADER", "header-secret"}};
  const auto source = world.source(variables);
  REQUIRE(source);
  REQUIRE((*source)->token({}));
  const http::HttpRequest sent = world.graph.requests().front();
  CHECK(sent.method == http::HttpMethod::get);
  CHECK(sent.url ==
        "http://localhost:42356/msi/token?api-version=2019-08-01&resource=https%3A%2F%2Fgraph."
        "microsoft.com%2F");
  CHECK(sent.headers.get("X-IDENTITY-HEADER") == "header-secret");
  world.clock.advance(std::chrono::seconds(3600 - 301));
  REQUIRE((*source)->token({}));
  CHECK(world.count == 1);
  world.clock.advance(std::chrono::seconds(1));
  REQUIRE((*source)->token({}));
  CHECK(world.count == 2);

  Variables elsewhere = variables;
  elsewhere["IDENTITY_ENDPOINT"] = "http://identity.test/msi/token";
  CHECK(world.source(elsewhere).error().kind == ErrorKind::guard);
  Variables user = variables;
  user["AZURE_CLIENT_ID"] = "c 1";
  CHECK(world.token(user) == "msi");
  CHECK(world.graph.requests().back().url.ends_with("&client_id=c%201"));
}

TEST_CASE("the metadata service is probed before a token is asked for") {
  SignInWorld world([](const http::HttpRequest& request, int) {
    if (!request.headers.get("Metadata")) return json_answer(400, "{}");
    return json_answer(200, R"({"access_token":"vm","expires_in":"3599"})");
  });
  CHECK(world.token({}) == "vm");
  REQUIRE(world.count == 2);
  const http::HttpRequest probe = world.graph.requests().front();
  CHECK(probe.url ==
        "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01");
  CHECK(probe.timeout == Milliseconds{1'000});
  CHECK(probe.repeatable == http::Repeatable::no);
  const http::HttpRequest sent = world.graph.requests().back();
  CHECK(sent.url ==
        "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource="
        "https%3A%2F%2Fgraph.microsoft.com%2F");
  CHECK(sent.headers.get("Metadata") == "true");
  CHECK_FALSE(sent.timeout);
}

TEST_CASE("a metadata service that restarts is asked again for seventy seconds") {
  SignInWorld world([](const http::HttpRequest&, int number) {
    return number < 4 ? json_answer(number == 1 ? 404 : 410, "{}") : granted(number);
  });
  const Variables named = {{"AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://127.0.0.1:2579/"}};
  CHECK(world.token(named) == "token-4");
  CHECK(world.graph.requests().front().url.starts_with(
      "http://127.0.0.1:2579/metadata/identity/oauth2/token?"));
  CHECK(world.clock.waits() ==
        std::vector<Milliseconds>{Milliseconds{1'000}, Milliseconds{2'000}, Milliseconds{4'000}});

  SignInWorld gone([](const http::HttpRequest&, int) { return json_answer(410, "{}"); });
  CHECK(gone.token(named).starts_with("no token by managed identity: "));
  Milliseconds total{0};
  for (const Milliseconds wait : gone.clock.waits()) total += wait;
  CHECK(total == Milliseconds{70'000});
}

TEST_CASE("without a metadata service and a CLI the reasons are told, and all ways") {
  SignInWorld world([](const http::HttpRequest&, int) { return json_answer(404, "not Azure"); });
  const auto source = world.source({{"PATH", "/nonexistent"}});
  REQUIRE(source);
  const Result<Secret> token = (*source)->token({});
  REQUIRE_FALSE(token);
  CHECK(token.error().kind == ErrorKind::unauthenticated);
  CHECK(token.error().message ==
        "no credentials for Microsoft Graph are configured (managed identity: no metadata service "
        "at http://169.254.169.254; Azure CLI: az is not installed)");
  CHECK(token.error().advice ==
        "set all that one way needs:\n"
        "  access token: SYNCWRIGHT_ACCESS_TOKEN\n"
        "  client secret: AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET\n"
        "  certificate: AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_CERTIFICATE_PATH\n"
        "  federated token file: AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_FEDERATED_TOKEN_FILE\n"
        "  GitHub OIDC: AZURE_TENANT_ID, AZURE_CLIENT_ID, ACTIONS_ID_TOKEN_REQUEST_URL, "
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN\n"
        "  Azure DevOps OIDC: AZURE_TENANT_ID, AZURE_CLIENT_ID, SYSTEM_OIDCREQUESTURI, "
        "SYSTEM_ACCESSTOKEN, ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID or "
        "ARM_OIDC_AZURE_SERVICE_CONNECTION_ID or AZURESUBSCRIPTION_SERVICE_CONNECTION_ID\n"
        "  password: AZURE_TENANT_ID, AZURE_USERNAME, AZURE_PASSWORD\n"
        "or run where there is a managed identity, or after `az login`; --emulator needs none of "
        "them");
}

TEST_CASE("half of a pipeline's way is an error where no other way is whole") {
  SignInWorld world = granting();
  const auto message = [&](const Variables& variables) {
    const auto source = world.source(variables);
    return source ? (*source)->description() : source.error().message;
  };
  const Variables url = {{"ACTIONS_ID_TOKEN_REQUEST_URL", "https://run.actions.test/idtoken"}};
  const Variables agent = {{"SYSTEM_OIDCREQUESTURI", "https://dev.azure.test/oidctoken"}};
  Variables job = agent;
  job["SYSTEM_ACCESSTOKEN"] = "job-secret";
  const std::string no_connection =
      "SYSTEM_ACCESSTOKEN is set, but ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID or "
      "ARM_OIDC_AZURE_SERVICE_CONNECTION_ID or AZURESUBSCRIPTION_SERVICE_CONNECTION_ID is not";
  CHECK(message(app_with(url)) ==
        "ACTIONS_ID_TOKEN_REQUEST_URL is set, but ACTIONS_ID_TOKEN_REQUEST_TOKEN is not");
  CHECK(message(app_with({{"ACTIONS_ID_TOKEN_REQUEST_TOKEN", "job-secret"}})) ==
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN is set, but ACTIONS_ID_TOKEN_REQUEST_URL is not");
  CHECK(message(app_with(job)) == no_connection);

  // What an agent sets for every job says nothing alone, nor does a pair without tenant and client.
  CHECK(message(app_with(agent)) == "managed identity c1 or Azure CLI");
  CHECK(message(job) == "managed identity or Azure CLI");
  CHECK(message(url) == "managed identity or Azure CLI");

  Variables whole = app_with(job);
  whole["AZURE_CLIENT_SECRET"] = "s";
  CHECK(message(whole) == "client secret of app c1");
  Variables behind = app_with(job);
  behind["AZURE_USERNAME"] = "ada@contoso.example";
  behind["AZURE_PASSWORD"] = "p";
  CHECK(message(behind).starts_with("password"));
  Variables next = app_with(job);
  next.insert(url.begin(), url.end());
  next["AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"] = "x";
  CHECK(message(next).starts_with("Azure DevOps' OIDC"));
  // The machine's identity is not what somebody set.
  Variables machine = app_with(job);
  machine["IDENTITY_ENDPOINT"] = "http://localhost:42356/msi/token";
  machine["IDENTITY_HEADER"] = "header-secret";
  CHECK(message(machine) == no_connection);
}

TEST_CASE(
    "a machine without an identity leads to the CLI, a named identity that is not there does not") {
  SignInWorld world([](const http::HttpRequest&, int) {
    return json_answer(400,
                       R"({"error":"invalid_request","error_description":"Identity not found"})");
  });
  CHECK(world.token({{"PATH", "/nonexistent"}}).find("this machine has no managed identity") !=
        std::string::npos);
  CHECK(world.token({{"PATH", "/nonexistent"}, {"AZURE_CLIENT_ID", "c1"}}) ==
        "no token by managed identity c1: Identity not found; AZURE_CLIENT_ID names a managed "
        "identity here: assign it to this machine, or do not set it");
}

TEST_CASE("Azure Arc's challenge is answered with a key file of its folder") {
  const Folder folder;
  const std::string key = folder.write("a.key", "key-secret");
  std::string named = key;
  SignInWorld world([&named](const http::HttpRequest& request, int number) {
    if (request.headers.get("Authorization")) return granted(number);
    return http::HttpResponse{401, {{"WWW-Authenticate", "Basic realm=" + named}}, ""};
  });
  const std::string url = "http://localhost:40342/metadata/identity/oauth2/token";
  const SignInContext context{
      Environment({{"IDENTITY_ENDPOINT", url}, {"IMDS_ENDPOINT", "http://localhost:40342"}}),
      world.graph, world.clock, "https://graph.microsoft.com", ""};
  const auto grant = azure_arc_grant(context, folder.path());
  REQUIRE(grant);
  const auto said = [&] {
    const Result<GrantedToken> token = (*grant)->acquire({});
    return token ? std::string(token->token.reveal()) : token.error().message;
  };
  CHECK(said() == "token-2");
  const http::HttpRequest sent = world.graph.requests().back();
  CHECK(sent.url == url + "?api-version=2020-06-01&resource=https%3A%2F%2Fgraph.microsoft.com%2F");
  CHECK(sent.headers.get("Metadata") == "true");
  CHECK(sent.headers.get("Authorization") == "Basic key-secret");

  folder.write("a.txt", "x");
  folder.write("big.key", std::string(5'000, 'x'));
  std::filesystem::create_symlink("/etc/hostname", folder.path() / "link.key");
  for (const std::string& name :
       {std::string("/etc/passwd"), (folder.path() / "a.txt").string(),
        (folder.path() / "none.key").string(), (folder.path() / "sub/../a.key").string(),
        (folder.path() / "link.key").string(), std::string()}) {
    named = name;
    CHECK(said() == "no token by managed identity: the agent of Azure Arc names " + name +
                        ", which is no key file in " + folder.path().string());
  }
  named = (folder.path() / "big.key").string();
  CHECK(said().find("a key file that cannot be read") != std::string::npos);
}

TEST_CASE("the Azure CLI is asked without a shell for Graph and the tenant") {
  const Folder folder;
  const std::string program = folder.write(
      "az", "#!/bin/sh\necho \"$@\" >> '" + (folder.path() / "log").string() +
                "'\necho '{\"accessToken\":\"cli-token\",\"expires_on\":1767229200,\"tokenType\":"
                "\"Bearer\"}'\n");
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  SignInWorld world([](const http::HttpRequest&, int) { return json_answer(404, ""); });
  const auto source =
      world.source({{"PATH", "relative:" + folder.path().string()}}, "contoso.example");
  REQUIRE(source);
  const Result<Secret> token = (*source)->token({});
  REQUIRE(token);
  CHECK(token->reveal() == "cli-token");
  CHECK((*source)->description() == "Azure CLI");
  CHECK(read_file(folder.path() / "log") ==
        "account get-access-token --output json --resource https://graph.microsoft.com --tenant "
        "contoso.example\n");
  world.clock.advance(std::chrono::seconds(3600 - 301));
  REQUIRE((*source)->token({}));
  CHECK(world.count == 1);
  CHECK(states(**source) ==
        std::vector<std::string>{
            "access token: notSet SYNCWRIGHT_ACCESS_TOKEN",
            "client secret: notSet AZURE_TENANT_ID AZURE_CLIENT_ID AZURE_CLIENT_SECRET",
            "certificate: notSet AZURE_TENANT_ID AZURE_CLIENT_ID AZURE_CLIENT_CERTIFICATE_PATH",
            "federated token file: notSet AZURE_TENANT_ID AZURE_CLIENT_ID "
            "AZURE_FEDERATED_TOKEN_FILE",
            "GitHub OIDC: notSet AZURE_TENANT_ID AZURE_CLIENT_ID ACTIONS_ID_TOKEN_REQUEST_URL "
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
            "Azure DevOps OIDC: notSet AZURE_TENANT_ID AZURE_CLIENT_ID SYSTEM_OIDCREQUESTURI "
            "SYSTEM_ACCESSTOKEN ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID or "
            "ARM_OIDC_AZURE_SERVICE_CONNECTION_ID or AZURESUBSCRIPTION_SERVICE_CONNECTION_ID",
            "password: notSet AZURE_TENANT_ID AZURE_USERNAME AZURE_PASSWORD",
            "managed identity: notThere (no metadata service at http://169.254.169.254)",
            "Azure CLI: used"});
  CHECK(world.source({}, "--query").error().message == "the tenant is neither an id nor a domain");
}

TEST_CASE("a CLI that fails says whether anybody is signed in") {
  const Folder folder;
  const auto said = [&](const std::string& script) {
    std::filesystem::permissions(folder.write("az", "#!/bin/sh\n" + script),
                                 std::filesystem::perms::owner_all);
    SignInWorld world([](const http::HttpRequest&, int) { return json_answer(404, ""); });
    return world.token({{"PATH", folder.path().string()}, {"AZURE_TENANT_ID", "t1"}});
  };
  CHECK(said("echo a-secret\necho a-secret >&2\nexit 1\n")
            .find("Azure CLI: nobody is signed in to the Azure CLI") != std::string::npos);
  CHECK(said("test \"$2\" = show && exit 0\nexit 3\n") ==
        "no token by Azure CLI: the command " + (folder.path() / "az").string() +
            " ended with status 3; sign in to that tenant: az login --tenant t1");
  CHECK(said("echo no json\n") ==
        "no token by Azure CLI: its answer holds none; update the Azure CLI");
  CHECK(
      said("echo \"ERROR: Please run 'az login' to setup account.\" >&2\nexit 1\n")
          .find("nobody is signed in to the Azure CLI (Please run 'az login' to setup account.)") !=
      std::string::npos);
  const std::string signed_in = "test \"$2\" = show && exit 0\n";
  CHECK(said(signed_in + "echo 'WARNING: old' >&2\n"
                         "echo 'ERROR: AADSTS50076: Due to a change, use MFA.' >&2\n"
                         "echo 'ERROR: more' >&2\nexit 1\n") ==
        "no token by Azure CLI: AADSTS50076: Due to a change, use MFA.; the account needs "
        "multi-factor authentication, which no password grant can: sign in as an application: "
        "certificate, OIDC or client secret");
  CHECK(said(signed_in + "echo 'ERROR: a word that nobody explains' >&2\nexit 1\n") ==
        "no token by Azure CLI: a word that nobody explains; sign in to that tenant: az login "
        "--tenant t1");
}

TEST_CASE("of what the CLI says one line is shown, without what may be a token") {
  CHECK(error_line("") == "");
  CHECK(error_line("WARNING: a\n ERROR: indented\n") == "");
  CHECK(error_line("WARNING: a\nERROR:  first\x1b[31m line \r\nERROR: second") ==
        "first [31m line");
  const std::string id = "8fb0cc1f-2e0c-4f3d-9f3e-6f0bfb4a2b1c";
  CHECK(error_line("ERROR: " + id + " at https://login.microsoftonline.com/" + id + ".") ==
        id + " at https://login.microsoftonline.com/" + id + ".");
  CHECK(error_line("ERROR: got 'eyJh.eyJz.c2ln', sorry") == "got '(secret)', sorry");
  CHECK(error_line("ERROR: token=" + std::string(41, 'x') + "!") == "(secret)!");
  CHECK(error_line("ERROR: " + std::string(40, 'x')) == std::string(40, 'x'));
  const Secret held("a held secret");
  CHECK(error_line("ERROR: it is a held secret.") == "it is (secret).");
  std::string words;
  for (int i = 0; i < 100; ++i) words += " word";
  CHECK(error_line("ERROR:" + words).size() <= 300);
}

TEST_CASE("a CLI that hangs is told as such, and not asked again") {
  const Folder folder;
  SignInWorld world = granting();
  std::vector<std::string> told;
  const auto said = [&](const std::string& script, const CommandLimits& limits) {
    std::filesystem::permissions(folder.write("az", "#!/bin/sh\n" + script),
                                 std::filesystem::perms::owner_all);
    SignInContext context{Environment({{"PATH", folder.path().string()}}), world.graph, world.clock,
                          "https://graph.microsoft.com", ""};
    context.tell_waiting = [&told](const std::string& line) { told.push_back(line); };
    const auto grant = azure_cli_grant(context, limits);
    REQUIRE(grant);
    const Result<GrantedToken> token = (*grant)->acquire({});
    REQUIRE_FALSE(token);
    CHECK(token.error().kind == ErrorKind::unauthenticated);
    return token.error().message + "; " + token.error().advice;
  };
  CHECK(
      said("exec sleep 3600\n", {.duration = Milliseconds{0}, .patience = Milliseconds{0}}) ==
      "no token by Azure CLI: az account get-access-token gave no answer in 0 s; run it by itself "
      "to see what it waits for");
  CHECK(told == std::vector<std::string>{
                    "waiting for the Azure CLI (az account get-access-token), for 0 s at most"});
}

TEST_CASE("what is configured is used, and its failure is the run's") {
  SignInWorld world([](const http::HttpRequest&, int) {
    return json_answer(401, R"({"error":"invalid_client","error_codes":[7000222],
                               "error_description":"AADSTS7000222: expired.\r\nTrace"})");
  });
  const auto source = world.source(app_with({{"AZURE_CLIENT_SECRET", "s"}}));
  REQUIRE(source);
  const Result<Secret> token = (*source)->token({});
  REQUIRE_FALSE(token);
  CHECK(token.error().message == "no token by client secret of app c1: AADSTS7000222: expired.");
  CHECK(token.error().advice ==
        "the client secret has expired: make a new one under Certificates & secrets, or sign in "
        "with a certificate or OIDC");
  CHECK(world.count == 1);
  const std::vector<std::string> told = states(**source);
  CHECK(told[1] == "client secret: used");
  CHECK(told[2] == "certificate: notReached");
  CHECK(told[8] == "Azure CLI: notReached");
}

TEST_CASE("a clock that is wrong is told where the assertion is refused for its time") {
  SignInWorld world([](const http::HttpRequest&, int) {
    http::HttpResponse answer = json_answer(401, R"({"error":"invalid_client",
        "error_description":"AADSTS700024: Client assertion is not within its valid time range."})");
    answer.headers.set("Date", "Thu, 01 Jan 2026 00:10:00 GMT");
    return answer;
  });
  CHECK(world.token(app_with({{"AZURE_CLIENT_SECRET", "s"}}))
            .ends_with("; the assertion is not valid now: set this machine's clock, or get the "
                       "federated token anew (this machine's clock is 600 s behind)"));
}

TEST_CASE("a run of two hours renews its token, whoever asks") {
  SignInWorld world = granting();
  const auto source = world.source(app_with({{"AZURE_CLIENT_SECRET", "s"}}));
  REQUIRE(source);
  for (int minute = 0; minute < 120; ++minute) {
    std::vector<std::jthread> askers;
    for (int i = 0; i < 8; ++i) {
      askers.emplace_back([&source] { (void)(*source)->token({}); });
    }
    askers.clear();
    world.clock.advance(std::chrono::minutes(1));
  }
  // At 0, and whenever less than five minutes of 3599 s are left: at 55 and 110 minutes.
  CHECK(world.count == 3);
}
