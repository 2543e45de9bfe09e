#include "syncwright/graph_read/connection.h"

#include <doctest/doctest.h>

#include "fake_graph.h"
#include "syncwright/core/encoding.h"

using namespace syncwright;
using namespace syncwright::graph_read;

namespace {

ErrorKind failure_of(const Result<std::vector<Json>>& result) {
  REQUIRE_FALSE(result);
  return result.error().kind;
}

/// Hands out "token-1", "token-2", ... a new one after each renew.
class CountingTokens final : public graph_read::TokenSource {
 public:
  Result<Secret> token(std::stop_token) override { return Secret("token-" + std::to_string(next)); }
  bool renew() override {
    ++next;
    return true;
  }
  std::string description() const override { return "counting tokens"; }
  int next = 1;
};

std::string page(const std::string& items, const std::string& next) {
  return R"({"@odata.nextLink":")" + next + R"(","value":)" + items + "}";
}

}  // namespace

TEST_CASE("a request carries the token, an id of its own and asks for JSON") {
  FakeConnection fake(always(200, "{}"));
  CHECK(fake.connection.get("/servicePrincipals?$top=1", {}));
  CHECK(fake.connection.get("/servicePrincipals?$top=1", {}));
  const std::vector<http::HttpRequest> sent = fake.graph.requests();
  REQUIRE(sent.size() == 2);
  CHECK(sent[0].url == "https://graph.example/v1.0/servicePrincipals?$top=1");
  CHECK(sent[0].headers.get("Authorization") == "Bearer t0ken");
  CHECK(sent[0].headers.get("Accept") == "application/json");
  CHECK(sent[0].headers.get("client-request-id")->size() == 36);
  CHECK(sent[0].headers.get("client-request-id") != sent[1].headers.get("client-request-id"));
}

TEST_CASE("no token leaves for another server or over plain http") {
  FakeConnection fake(always(200, "{}"));
  for (const char* url : {"https://graph.example.evil/v1.0/x", "https://graph.example:444/v1.0/x",
                          "http://graph.example/v1.0/x", "https://graph.example@evil/v1.0/x",
                          "https://evil\\@graph.example/x", "ftp://graph.example/x", "nonsense"}) {
    CAPTURE(url);
    http::HttpRequest request;
    request.url = url;
    const Result<http::HttpResponse> response = fake.connection.send(request, {});
    REQUIRE_FALSE(response);
    CHECK(response.error().kind == ErrorKind::guard);
    CHECK(response.error().message.find("t0ken") == std::string::npos);
  }
  CHECK(fake.graph.requests().empty());
}

TEST_CASE("plain http is for loopback addresses") {
  const auto outcome = [](const std::string& root) -> std::string {
    FakeGraph graph(always(200, "{}"));
    const auto tokens = graph_read::make_fixed_token_source(Secret("t"), "test");
    graph_read::GraphConnection connection(graph, root, *tokens);
    const Result<Json> answer = connection.get("/x", {});
    return answer ? "sent" : to_string(answer.error().kind);
  };
  CHECK(outcome("http://127.0.0.1:8080/") == "sent");
  CHECK(outcome("http://127.9.8.7") == "sent");
  CHECK(outcome("http://LOCALHOST:80") == "sent");
  CHECK(outcome("http://[::1]:9") == "sent");
  CHECK(outcome("https://graph.example") == "sent");
  CHECK(outcome("http://graph.example") == "guard");
  CHECK(outcome("http://127.0.0.1.evil.example") == "guard");
  CHECK(outcome("http://localhost.evil.example") == "guard");
  CHECK(outcome("http://127.1") == "guard");
  CHECK(outcome("http://10.0.0.1") == "guard");
}

TEST_CASE("a collection is followed page by page") {
  FakeConnection fake([](const http::HttpRequest& request) -> Result<http::HttpResponse> {
    if (request.url.ends_with("skip=1"))
      return json_answer(200, page("[]", "https://Graph.example:443/v1.0/x?skip=2"));
    if (request.url.ends_with("skip=2")) return json_answer(200, R"({"value":[3]})");
    return json_answer(200, page("[1,2]", "https://graph.example/v1.0/x?skip=1"));
  });
  SUBCASE("to its end") {
    const Result<std::vector<Json>> items = fake.connection.get_all("/x", {});
    REQUIRE(items);
    CHECK(*items == std::vector<Json>{1, 2, 3});
  }
  SUBCASE("or as far as needed") {
    const Result<std::vector<Json>> items = fake.connection.get_first("/x", 2, {});
    REQUIRE(items);
    CHECK(*items == std::vector<Json>{1, 2});
    CHECK(fake.graph.requests().size() == 1);
  }
}

TEST_CASE("pages that lead elsewhere, in circles or nowhere are refused") {
  const auto next_link = [](const std::string& next) {
    FakeConnection fake(always(200, page("[1]", next)));
    const ErrorKind kind = failure_of(fake.connection.get_all("/x", {}));
    CHECK(fake.graph.requests().size() == 1);
    return kind;
  };
  CHECK(next_link("https://evil.example/v1.0/x") == ErrorKind::redirected);
  CHECK(next_link("http://graph.example/v1.0/x") == ErrorKind::redirected);
  CHECK(next_link("https://graph.example.evil.example/v1.0/x") == ErrorKind::redirected);
  CHECK(next_link("//evil.example/x") == ErrorKind::malformed);
  CHECK(next_link("https://graph.example/v1.0/x") == ErrorKind::malformed);

  FakeConnection no_collection(always(200, R"({"id":"x"})"));
  CHECK(failure_of(no_collection.connection.get_all("/x", {})) == ErrorKind::malformed);
  FakeConnection no_object(always(200, "[]"));
  CHECK(failure_of(no_object.connection.get_all("/x", {})) == ErrorKind::malformed);
}

TEST_CASE("who fails at an item gets no further ones, and no page is read for them") {
  FakeConnection fake(always(200, page("[1,2]", "https://graph.example/v1.0/x?skip=1")));
  std::vector<Json> taken;
  const Result<void> read =
      fake.connection.for_each_item("/x",
                                    [&](Json item) -> Result<void> {
                                      taken.push_back(std::move(item));
                                      if (taken.size() == 2)
                                        return fail(ErrorKind::internal, "enough");
                                      return {};
                                    },
                                    {});
  REQUIRE_FALSE(read);
  CHECK(read.error().message == "enough");
  CHECK(taken == std::vector<Json>{1, 2});
  CHECK(fake.graph.requests().size() == 1);
}

TEST_CASE("pages without end are cut off") {
  int number = 0;
  FakeConnection fake([&](const http::HttpRequest&) -> Result<http::HttpResponse> {
    return json_answer(200,
                       page("[]", "https://graph.example/v1.0/x?p=" + std::to_string(++number)));
  });
  CHECK(failure_of(fake.connection.get_all("/x", {})) == ErrorKind::malformed);
  CHECK(fake.graph.requests().size() == 10'000);
}

TEST_CASE("answers that are no JSON are said so") {
  const auto get = [](http::HttpResponse answer) {
    FakeConnection fake(
        [&](const http::HttpRequest&) -> Result<http::HttpResponse> { return answer; });
    const Result<Json> json = fake.connection.get("/x", {});
    REQUIRE_FALSE(json);
    return std::string(to_string(json.error().kind)) + ": " + json.error().message;
  };
  CHECK(get({200, {}, "<html>"}) ==
        "malformed: GET /v1.0/x: the answer was HTML, not JSON (proxy or gateway?)");
  CHECK(get({200, {}, ""}) == "malformed: GET /v1.0/x: the answer was empty");
  CHECK(get({200, {}, "{\"a\":"}).starts_with("malformed: GET /v1.0/x: not valid JSON"));
  CHECK(get({200, {}, std::string(10'000, '[')}).starts_with("too_large: "));
  CHECK(get({302, {{"Location", "https://evil.example"}}, ""}).starts_with("redirected: "));
}

TEST_CASE("an expired token is renewed once and the request sent again") {
  CountingTokens tokens;
  FakeGraph graph([](const http::HttpRequest& request) -> Result<http::HttpResponse> {
    if (request.headers.get("Authorization") == "Bearer token-1") {
      return graph_failure(401, "InvalidAuthenticationToken", "Lifetime validation failed.");
    }
    return json_answer(200, R"({"ok":true})");
  });
  graph_read::GraphConnection connection(graph, "https://graph.example", tokens);
  CHECK(connection.get("/x", {}));
  CHECK(graph.requests().size() == 2);
  CHECK(tokens.next == 2);
  CHECK(connection.get("/x", {}));
  CHECK(graph.requests().size() == 3);
}

TEST_CASE("what a refusal repeats of the token is taken out") {
  CountingTokens tokens;
  tokens.next = 2'000'000'011;
  std::string message;
  FakeGraph graph([&](const http::HttpRequest& request) -> Result<http::HttpResponse> {
    return graph_failure(400, *request.headers.get("Authorization"), message);
  });
  graph_read::GraphConnection connection(graph, "https://graph.example", tokens);
  const auto told = [&](const std::string& answered) {
    message = answered;
    const Error error = connection.get("/x", {}).error();
    CHECK(error.code == "Bearer (secret)");
    return error.message;
  };
  const std::string start = "GET /v1.0/x: ";
  CHECK(told("got token-2000000011, no good") == start + "got (secret), no good");
  CHECK(told("token-2000000011") == start + "(secret)");
  CHECK(told("{token-2000000011token-2000000011}") == start + "{(secret)(secret)}");
  CHECK(told("0000token-20000000110000 token-200") == start + "0000(secret)0000 token-200");
  CHECK(told("Resource '0f1466ce-120e-4bc0-83e0-2fc46d645dc8' does not exist") ==
        start + "Resource '0f1466ce-120e-4bc0-83e0-2fc46d645dc8' does not exist");
}

TEST_CASE("a token that others have renewed meanwhile is not renewed again") {
  CountingTokens tokens;
  FakeGraph graph([&](const http::HttpRequest& request) -> Result<http::HttpResponse> {
    if (request.headers.get("Authorization") == "Bearer token-1") {
      tokens.next = 7;  // another request was faster
      return graph_failure(401, "InvalidAuthenticationToken", "expired");
    }
    return json_answer(200, "{}");
  });
  graph_read::GraphConnection connection(graph, "https://graph.example", tokens);
  CHECK(connection.get("/x", {}));
  CHECK(tokens.next == 7);
}

TEST_CASE("a token that stays refused is tried twice, a missing permission once") {
  CountingTokens tokens;
  std::string code = "InvalidAuthenticationToken";
  FakeGraph graph([&](const http::HttpRequest&) -> Result<http::HttpResponse> {
    return graph_failure(401, code, "");
  });
  graph_read::GraphConnection connection(graph, "https://graph.example", tokens);
  CHECK(connection.get("/x", {}).error().kind == ErrorKind::unauthenticated);
  CHECK(graph.requests().size() == 2);
  code = "UnknownError";
  CHECK(connection.get("/servicePrincipals/s/synchronization/jobs", {}).error().kind ==
        ErrorKind::forbidden);
  CHECK(graph.requests().size() == 3);
}

TEST_CASE("a ready-made token that is refused is named") {
  FakeConnection fake([](const http::HttpRequest&) -> Result<http::HttpResponse> {
    return graph_failure(401, "InvalidAuthenticationToken", "Access token has expired.");
  });
  const Result<Json> answer = fake.connection.get("/x", {});
  REQUIRE_FALSE(answer);
  CHECK(answer.error().message == "GET /v1.0/x: Access token has expired");
  CHECK(answer.error().advice ==
        "a token of the tests was refused and cannot be renewed: get a new one");
  CHECK(fake.graph.requests().size() == 1);
}

TEST_CASE("failures of the transport and of the token source are passed on") {
  FakeConnection fake([](const http::HttpRequest&) -> Result<http::HttpResponse> {
    return fail(ErrorKind::transport, "connection reset");
  });
  CHECK(fake.connection.get("/x", {}).error().kind == ErrorKind::transport);
  CHECK(fake.connection.get_text("/x", {}, 10).error().kind == ErrorKind::transport);
  CHECK(fake.graph.requests().back().max_response_bytes == 10);
}

namespace {

/// A token with these claims, unsigned.
std::string token_that_says(const std::string& claims) {
  return base64url_encode(R"({"alg":"none"})") + "." + base64url_encode(claims) + ".signature";
}

Error refused(const std::string& token, int status, const std::string& code) {
  FakeGraph graph([&](const http::HttpRequest&) -> Result<http::HttpResponse> {
    return graph_failure(status, code, "");
  });
  const auto tokens = graph_read::make_fixed_token_source(Secret(token), "a token of the tests");
  graph_read::GraphConnection connection(graph, "https://graph.example", *tokens);
  return connection.get("/servicePrincipals/sp/synchronization/jobs", {}).error();
}

}  // namespace

TEST_CASE("a refusal is lasting where the token itself shows that it lacks the role") {
  const char* const denied = "Authorization_RequestDenied";
  const std::string reader = token_that_says(R"({"roles":["Synchronization.Read.All"]})");
  const std::string other = token_that_says(R"({"roles":["User.Read.All"]})");
  const std::string person = token_that_says(R"({"scp":"User.Read.All"})");
  CHECK(refused(other, 403, denied).lacks_role);
  CHECK_FALSE(refused(reader, 403, denied).lacks_role);
  CHECK_FALSE(refused(person, 403, denied).lacks_role);  // whose directory roles count as well
  CHECK_FALSE(refused("opaque", 403, denied).lacks_role);
  CHECK_FALSE(refused(other, 404, "Request_ResourceNotFound").lacks_role);
}

TEST_CASE("how long the service asks to wait comes back with its refusal") {
  FakeConnection fake([](const http::HttpRequest&) -> Result<http::HttpResponse> {
    http::HttpResponse response = graph_failure(429, "TooManyRequests", "slow down");
    response.headers.set("Retry-After", "2.128");
    return response;
  });
  CHECK(fake.connection.get("/servicePrincipals", {}).error().retry_after ==
        std::chrono::milliseconds{2128});
}
