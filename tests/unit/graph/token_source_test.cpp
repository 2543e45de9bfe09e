#include "syncwright/graph_read/token_source.h"

#include <doctest/doctest.h>

#include "fake_graph.h"
#include "unit/manual_clock.h"

using namespace syncwright;
using namespace syncwright::graph_read;

namespace {

using Variables = std::map<std::string, std::string>;

const Variables kSecret = {
    {"AZURE_TENANT_ID", "t1"}, {"AZURE_CLIENT_ID", "c1"}, {"AZURE_CLIENT_SECRET", "s&cret +%"}};
const Variables kPassword = {{"AZURE_TENANT_ID", "t1"},
                             {"AZURE_USERNAME", "ada@contoso.example"},
                             {"AZURE_PASSWORD", "pass word"}};

Variables with(Variables variables, const std::string& name, const std::string& value) {
  variables[name] = value;
  return variables;
}

/// A token endpoint that answers "token-1", "token-2", ...
struct Endpoint {
  explicit Endpoint(std::string expires = "3599")
      : graph([this, expires](const http::HttpRequest&) -> Result<http::HttpResponse> {
          ++count;
          return json_answer(200, R"({"token_type":"Bearer","expires_in":)" + expires +
                                      R"(,"access_token":"token-)" + std::to_string(count) + "\"}");
        }) {}

  int count = 0;
  FakeGraph graph;
  ManualClock clock;

  [[nodiscard]] Result<std::unique_ptr<graph_read::TokenSource>> source(
      const Variables& variables) {
    return graph_read::make_token_source(Environment(variables), graph, clock);
  }
};

std::string token_of(graph_read::TokenSource& source) {
  const Result<Secret> token = source.token({});
  return token ? std::string(token->reveal()) : describe(token.error());
}

Error refusal(const Variables& variables) {
  Endpoint endpoint;
  const auto source = endpoint.source(variables);
  REQUIRE_FALSE(source);
  CHECK(endpoint.count == 0);
  return source.error();
}

Error exchange_failure(const http::HttpResponse& answer, const Variables& variables = kSecret) {
  FakeGraph graph([&](const http::HttpRequest&) -> Result<http::HttpResponse> { return answer; });
  ManualClock clock;
  const auto source = graph_read::make_token_source(Environment(variables), graph, clock);
  REQUIRE(source);
  const Result<Secret> token = (*source)->token({});
  REQUIRE_FALSE(token);
  return token.error();
}

}  // namespace

TEST_CASE("the first configured way is taken") {
  Endpoint endpoint;
  const auto description = [&](const Variables& variables) {
    const auto source = endpoint.source(variables);
    return source ? (*source)->description() : describe(source.error());
  };
  CHECK(description(with(kSecret, "SYNCWRIGHT_ACCESS_TOKEN", "abc")) == "SYNCWRIGHT_ACCESS_TOKEN");
  CHECK(description(kSecret) == "client secret of app c1");
  CHECK(description(with(kSecret, "AZURE_FEDERATED_TOKEN_FILE", "f")) == "client secret of app c1");
  CHECK(description(kPassword) == "password of user ada@contoso.example");
  Variables both = kSecret;
  both.insert(kPassword.begin(), kPassword.end());
  CHECK(description(both) == "client secret of app c1");
  CHECK(endpoint.count == 0);
}

TEST_CASE("half of a way is an error that names what is missing, and no other way is taken") {
  CHECK(refusal({{"AZURE_CLIENT_SECRET", "s"}, {"AZURE_TENANT_ID", "t"}}).message ==
        "AZURE_CLIENT_SECRET is set, but AZURE_CLIENT_ID is not");
  CHECK(refusal({{"AZURE_PASSWORD", "p"}, {"AZURE_USERNAME", "u"}}).message ==
        "AZURE_PASSWORD is set, but AZURE_TENANT_ID is not");
  CHECK(refusal({{"AZURE_TENANT_ID", "t"}, {"AZURE_USERNAME", "u"}}).message ==
        "AZURE_USERNAME is set, but AZURE_PASSWORD is not");
  const Error certificate = refusal(with(kPassword, "AZURE_CLIENT_CERTIFICATE_PATH", "c.pem"));
  CHECK(certificate.message == "AZURE_CLIENT_CERTIFICATE_PATH is set, but AZURE_CLIENT_ID is not");
  CHECK(certificate.kind == ErrorKind::unauthenticated);
  CHECK(certificate.advice.find("\n  certificate: AZURE_TENANT_ID, AZURE_CLIENT_ID, "
                                "AZURE_CLIENT_CERTIFICATE_PATH\n") != std::string::npos);
  CHECK(refusal(with(kPassword, "AZURE_FEDERATED_TOKEN_FILE", "f")).message ==
        "AZURE_FEDERATED_TOKEN_FILE is set, but AZURE_CLIENT_ID is not");
}

TEST_CASE("a client secret is exchanged at the v2 endpoint") {
  Endpoint endpoint;
  const auto source = endpoint.source(kSecret);
  REQUIRE(source);
  CHECK(token_of(**source) == "token-1");
  const http::HttpRequest sent = endpoint.graph.requests().front();
  CHECK(sent.method == http::HttpMethod::post);
  CHECK(sent.url == "https://login.microsoftonline.com/t1/oauth2/v2.0/token");
  CHECK(sent.headers.get("Content-Type") == "application/x-www-form-urlencoded");
  CHECK_FALSE(sent.headers.get("Authorization"));
  CHECK(sent.body ==
        "grant_type=client_credentials&client_id=c1&scope=https%3A%2F%2Fgraph.microsoft.com%2F."
        "default&client_secret=s%26cret%20%2B%25");
  CHECK(sent.confidential);
  CHECK(sent.repeatable == http::Repeatable::yes);
}

TEST_CASE("a password is exchanged at the v1 endpoint by the public client") {
  Endpoint endpoint("\"3599\"");
  const auto source = endpoint.source(kPassword);
  REQUIRE(source);
  CHECK(token_of(**source) == "token-1");
  const http::HttpRequest sent = endpoint.graph.requests().front();
  CHECK(sent.url == "https://login.microsoftonline.com/t1/oauth2/token");
  CHECK(sent.body ==
        "grant_type=password&client_id=1950a258-227b-4e31-a9cf-717495945fc2&"
        "resource=https%3A%2F%2Fgraph.microsoft.com%2F&username=ada%40contoso.example&"
        "password=pass%20word");
  CHECK(token_of(**source) == "token-1");

  const auto own = endpoint.source(with(kPassword, "AZURE_CLIENT_ID", "mine"));
  REQUIRE(own);
  CHECK(token_of(**own) == "token-2");
  CHECK(endpoint.graph.requests().back().body.find("client_id=mine&") != std::string::npos);
}

TEST_CASE("the token is asked for the Graph that is used") {
  Endpoint endpoint;
  const auto body_for = [&](const std::string& root) {
    const auto source =
        graph_read::make_token_source(Environment(kSecret), endpoint.graph, endpoint.clock, root);
    (void)token_of(**source);
    return endpoint.graph.requests().back().body;
  };
  CHECK(
      body_for("https://graph.microsoft.us/").find("scope=https%3A%2F%2Fgraph.microsoft.us%2F.") !=
      std::string::npos);
  CHECK(body_for("http://127.0.0.1:80").find("scope=https%3A%2F%2Fgraph.microsoft.com%2F.") !=
        std::string::npos);
}

TEST_CASE("a token is kept until five minutes before its end") {
  Endpoint endpoint;
  const auto source = endpoint.source(kSecret);
  CHECK(token_of(**source) == "token-1");
  endpoint.clock.advance(std::chrono::seconds(3599 - 301));
  CHECK(token_of(**source) == "token-1");
  endpoint.clock.advance(std::chrono::seconds(1));
  CHECK(token_of(**source) == "token-2");
  CHECK((*source)->renew());
  CHECK(token_of(**source) == "token-3");
}

TEST_CASE("a short-lived token is used for half of its life, one without a life once") {
  Endpoint brief("60");
  const auto source = brief.source(kSecret);
  CHECK(token_of(**source) == "token-1");
  brief.clock.advance(std::chrono::seconds(29));
  CHECK(token_of(**source) == "token-1");
  brief.clock.advance(std::chrono::seconds(1));
  CHECK(token_of(**source) == "token-2");

  Endpoint none("\"soon\"");
  const auto once = none.source(kSecret);
  CHECK(token_of(**once) == "token-1");
  CHECK(token_of(**once) == "token-2");
}

TEST_CASE("AZURE_AUTHORITY_HOST redirects the exchange, but never over plain http") {
  Endpoint endpoint;
  const auto url_for = [&](const std::string& host) {
    const auto source = endpoint.source(with(kSecret, "AZURE_AUTHORITY_HOST", host));
    if (!source) return describe(source.error());
    (void)token_of(**source);
    return endpoint.graph.requests().back().url;
  };
  CHECK(url_for("https://login.microsoftonline.us/") ==
        "https://login.microsoftonline.us/t1/oauth2/v2.0/token");
  CHECK(url_for("login.example") == "https://login.example/t1/oauth2/v2.0/token");
  CHECK(url_for("http://127.0.0.1:8080") == "http://127.0.0.1:8080/t1/oauth2/v2.0/token");
  CHECK(refusal(with(kSecret, "AZURE_AUTHORITY_HOST", "http://login.example")).kind ==
        ErrorKind::guard);
}

TEST_CASE("a refused exchange says Microsoft's reason and no secret") {
  const Error error =
      exchange_failure(json_answer(401, R"({"error":"invalid_client","error_description":
             "AADSTS7000215: Invalid client secret.\r\nTrace ID: 6a1d","error_codes":[7000215]})"));
  CHECK(error.kind == ErrorKind::unauthenticated);
  CHECK(error.code == "invalid_client");
  CHECK(error.message ==
        "no token by client secret of app c1: AADSTS7000215: Invalid client secret.");
  CHECK(error.advice ==
        "the client secret is none of the application's: use the secret's value, which is shown "
        "once, not its id");
  CHECK(describe(error).find("s&cret") == std::string::npos);

  CHECK(exchange_failure({503, {}, "<html>"}).kind == ErrorKind::unavailable);
  CHECK(exchange_failure({429, {}, ""}).kind == ErrorKind::throttled);
  const Error redirect = exchange_failure({302, {{"Location", "https://evil/x"}}, ""});
  CHECK(redirect.kind == ErrorKind::unauthenticated);
  CHECK(redirect.message ==
        "no token by client secret of app c1: the token endpoint redirects to evil, which is never "
        "followed");
  const Error page = exchange_failure({200, {}, "<html>"});
  CHECK(page.kind == ErrorKind::unauthenticated);
  CHECK(page.message ==
        "no token by client secret of app c1: the answer of the token endpoint is no JSON");
  CHECK(exchange_failure({400, {}, "{}"}).message ==
        "no token by client secret of app c1: the token endpoint gave no reason");
}

TEST_CASE("what a token endpoint says of the secret is told without it") {
  const Error error = exchange_failure(
      json_answer(401, R"({"error":"invalid_client","error_description":"bad: s&cret +%"})"));
  CHECK(error.kind == ErrorKind::unauthenticated);
  CHECK(error.code == "invalid_client");
  CHECK(error.message ==
        "no token by client secret of app c1: bad: (secret); "
        "(secret) is a value that the answer repeated");
  CHECK(error.advice.starts_with("check the client id"));
}

TEST_CASE("an answer without a usable token signs nobody in") {
  CHECK(exchange_failure({200, {}, "<html>"}).kind == ErrorKind::unauthenticated);
  CHECK(exchange_failure({200, {}, R"({"access_token":7})"}).kind == ErrorKind::unauthenticated);
  CHECK(exchange_failure({200, {}, R"({"access_token":"a\r\nX-Evil: 1"})"}).kind ==
        ErrorKind::unauthenticated);
}

TEST_CASE("a ready-made token has to be one") {
  Endpoint endpoint;
  const auto source = endpoint.source({{"SYNCWRIGHT_ACCESS_TOKEN", "abc.def.ghi"}});
  REQUIRE(source);
  CHECK(token_of(**source) == "abc.def.ghi");
  CHECK_FALSE((*source)->renew());
  CHECK(refusal({{"SYNCWRIGHT_ACCESS_TOKEN", "Bearer abc"}}).kind == ErrorKind::unauthenticated);
  CHECK(refusal({{"SYNCWRIGHT_ACCESS_TOKEN", "abc\r\nX-Evil: 1"}}).message ==
        "SYNCWRIGHT_ACCESS_TOKEN holds characters that no token has");
}
