#include <filesystem>
#include <thread>

#include "sign_in_world.h"

using namespace syncwright;
using namespace syncwright::graph_read;

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
