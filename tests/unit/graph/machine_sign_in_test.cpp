#include <filesystem>

#include "graph_read/sign_in/azure_cli.h"
#include "graph_read/sign_in/managed_identity.h"
#include "sign_in_world.h"

using namespace syncwright;
using namespace syncwright::graph_read;

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
