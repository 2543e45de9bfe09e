#include "syncwright/graph_read/read_ahead.h"

#include <doctest/doctest.h>

#include "fake_graph.h"
#include "syncwright/graph_read/graph_path.h"
#include "syncwright/http/trace.h"

using namespace syncwright;
using namespace syncwright::graph_read;

namespace {

const std::string kRoot = "https://graph.example/v1.0";

http::HttpRequest request_of(http::HttpMethod method, const std::string& path,
                             const std::string& body = {}) {
  http::HttpRequest request;
  request.method = method;
  request.url = kRoot + path;
  request.body = body;
  request.headers.set("Authorization", "Bearer t0ken");
  request.repeatable =
      method == http::HttpMethod::get ? http::Repeatable::yes : http::Repeatable::from_read;
  return request;
}

http::HttpRequest get(const std::string& path) {
  return request_of(http::HttpMethod::get, path);
}

http::HttpRequest patch() {
  return request_of(http::HttpMethod::patch, "/servicePrincipals/1?x='%20'", R"({"tags":[]})");
}

/// A service that answers batches as the test says, and single requests by their line.
struct Service {
  explicit Service(std::string answer, int status = 200)
      : fake([answer = std::move(answer),
              status](const http::HttpRequest& request) -> Result<http::HttpResponse> {
          if (request.url.ends_with("/$batch")) return json_answer(status, answer);
          return json_answer(200, R"("alone")");
        }) {}

  std::string send(const http::HttpRequest& request) {
    const auto answer = ahead.send(request, {});
    if (!answer) return std::string(to_string(answer.error().kind));
    return std::to_string(answer->status) + " " + answer->body;
  }

  FakeConnection fake;
  FakeGraph& graph = fake.graph;
  BatchSupport& support = fake.connection.batches();
  ReadAhead ahead{fake.connection};
};

const char* const kAllWell = R"({"responses":[
  {"id":"3","status":200,"headers":{"request-id":"r3"},"body":{ "tags" : [1.10, "é"] }},
  {"id":"1","status":204,"headers":{"request-id":"r1"}},
  {"id":"2","status":200,"headers":{},"body":{"value":[]}}]})";

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("reads that are announced go with the next request, one after another") {
  Service service(kAllWell);
  service.ahead.announce({"/a", "/b?$select=id"});
  CHECK(service.send(patch()) == "204 ");
  REQUIRE(service.graph.requests().size() == 1);
  const http::HttpRequest batch = service.graph.requests().front();
  CHECK(batch.url == kRoot + "/$batch");
  CHECK(http::names_of(batch.items) == "PATCH /servicePrincipals/1, GET /a, GET /b");
  CHECK(batch.headers.get("Authorization") == "Bearer t0ken");
  CHECK(batch.repeatable == http::Repeatable::from_read);
  CHECK(parse_json(batch.body).value() == parse_json(R"({"requests":[
    {"id":"1","method":"PATCH","url":"/servicePrincipals/1?x='%20'",
     "headers":{"Content-Type":"application/json"},"body":{"tags":[]}},
    {"id":"2","method":"GET","url":"/a","dependsOn":["1"]},
    {"id":"3","method":"GET","url":"/b?$select=id","dependsOn":["2"]}]})")
                                              .value());
}

TEST_CASE("reads behind a read do not wait for it, and a batch of secrets is confidential") {
  Service service(R"({"responses":[{"id":"2","status":200,"body":{"value":[2]}},
                                   {"id":"1","status":404,"body":{"value":[1]}}]})");
  service.ahead.announce({"/b"});
  http::HttpRequest secrets = get("/a");
  secrets.confidential = true;
  CHECK(service.send(secrets) == R"(404 {"value":[1]})");
  CHECK(service.send(get("/b")) == R"(200 {"value":[2]})");
  REQUIRE(service.graph.requests().size() == 1);
  const http::HttpRequest batch = service.graph.requests().front();
  CHECK(batch.confidential);
  CHECK(batch.repeatable == http::Repeatable::yes);
  CHECK(parse_json(batch.body).value() == parse_json(R"({"requests":[
    {"id":"1","method":"GET","url":"/a"}, {"id":"2","method":"GET","url":"/b"}]})")
                                              .value());
}

TEST_CASE("an answer that came ahead is handed out once, byte for byte") {
  Service service(kAllWell);
  service.ahead.announce({"/a", "/b"});
  CHECK(service.send(patch()) == "204 ");
  CHECK(service.send(get("/b")) == R"(200 { "tags" : [1.10, "é"] })");
  CHECK(service.send(get("/a")) == R"(200 {"value":[]})");
  CHECK(service.send(get("/a")) == R"(200 "alone")");
  CHECK(service.graph.lines() == Lines{"POST /$batch", "GET /a"});
}

TEST_CASE("whatever is sent drops what is left: nothing passed between a read and what follows") {
  Service service(kAllWell);
  service.ahead.announce({"/a", "/b"});
  CHECK(service.send(patch()) == "204 ");
  CHECK(service.send(get("/c")) == R"(200 "alone")");
  CHECK(service.send(get("/a")) == R"(200 "alone")");
  CHECK(service.graph.lines() == Lines{"POST /$batch", "GET /c", "GET /a"});
}

TEST_CASE("a write without a body has one in a batch, and secrets go by themselves") {
  Service service(R"({"responses":[{"id":"1","status":204},{"id":"2","status":404}]})");
  service.ahead.announce({"/a"});
  CHECK(service.send(request_of(http::HttpMethod::post, "/start")) == "204 ");
  CHECK(parse_json(service.graph.requests().front().body).value()["requests"][0]["body"] ==
        Json::object());
  CHECK(service.send(get("/a")) == R"(200 "alone")");  // its 404 is asked for anew

  http::HttpRequest secret = patch();
  secret.confidential = true;
  service.ahead.announce({"/a"});
  CHECK(service.send(secret) == R"(200 "alone")");
  CHECK(service.graph.lines() ==
        Lines{"POST /$batch", "GET /a", "PATCH /servicePrincipals/1?x='%20'"});
}

TEST_CASE("a service that takes no batches is asked for none any more") {
  for (const int status : {400, 403, 404, 405, 413, 501}) {
    CAPTURE(status);
    Service service("{}", status);
    service.ahead.announce({"/a"});
    // What happened behind the refusal is not known: the sender is to look.
    CHECK(service.send(patch()) ==
          R"(503 {"error":{"code":"BatchRefused","message":"the batch was answered )" +
              std::to_string(status) + R"("}})");
    CHECK_FALSE(service.support.is_supported());
    service.ahead.announce({"/a"});
    CHECK(service.send(patch()) == R"(200 "alone")");
    CHECK(service.graph.requests().size() == 2);

    Service repeated("{}", status);
    repeated.ahead.announce({"/a"});
    http::HttpRequest start = request_of(http::HttpMethod::post, "/start");
    start.repeatable = http::Repeatable::yes;
    CHECK(repeated.send(start) == R"(200 "alone")");
  }
}

TEST_CASE("what a batch was answered is the answer to its request") {
  for (const int status : {401, 429, 500, 503}) {
    Service service("{}", status);
    service.ahead.announce({"/a"});
    CHECK(service.send(patch()) == std::to_string(status) + " {}");
    CHECK(service.support.is_supported() == (status == 401));  // then the token is renewed
    CHECK(service.send(get("/a")) == R"(200 "alone")");
  }
}

TEST_CASE("an item that no batch takes goes out by itself, and so does a read that failed") {
  const auto answered = [](int status) {
    return R"({"responses":[{"id":"1","status":)" + std::to_string(status) +
           R"(,"body":{"error":{"code":"x"}}},{"id":"2","status":424}]})";
  };
  for (const int status : {400, 405, 501}) {
    Service service(answered(status));
    service.ahead.announce({"/a"});
    CHECK(service.send(patch()) == R"(200 "alone")");
    CHECK_FALSE(service.support.is_supported());
  }
  for (const int status : {403, 404, 409, 500, 503}) {
    Service service(answered(status));
    service.ahead.announce({"/a"});
    CHECK(service.send(patch()) == std::to_string(status) + R"( {"error":{"code":"x"}})");
  }
  for (const int status : {403, 413, 429, 503}) {
    Service reads(answered(status));
    reads.ahead.announce({"/b"});
    CHECK(reads.send(get("/a")) == R"(200 "alone")");
    CHECK(reads.support.is_supported() == (status != 429));
  }
  Service missing(answered(404));
  missing.ahead.announce({"/b"});
  CHECK(missing.send(get("/a")) == R"(404 {"error":{"code":"x"}})");
}

TEST_CASE("a read that was answered with something else than an object goes out by itself") {
  for (const char* body : {R"("garbage")", "null", "[]", "7"}) {
    CAPTURE(body);
    const std::string answers = R"({"responses":[{"id":"1","status":200,"body":)" +
                                std::string(body) + R"(},{"id":"2","status":200,"body":)" + body +
                                "}]}";
    Service service(answers);
    service.ahead.announce({"/b"});
    CHECK(service.send(get("/a")) == R"(200 "alone")");
    CHECK(service.send(get("/b")) == R"(200 "alone")");
  }
}

TEST_CASE("where the answer of a batch is lost, what may be repeated goes out by itself") {
  FakeConnection fake([](const http::HttpRequest& request) -> Result<http::HttpResponse> {
    if (!request.url.ends_with("/$batch")) return json_answer(200, R"("alone")");
    return fail(ErrorKind::transport, "reset");
  });
  ReadAhead ahead(fake.connection);
  const auto send = [&](const http::HttpRequest& request) {
    ahead.announce({"/b"});
    const auto answer = ahead.send(request, {});
    return answer ? answer->body : std::string(to_string(answer.error().kind));
  };
  SUBCASE("a read") {
    CHECK(send(get("/a")) == R"("alone")");
    CHECK(send(get("/a")) == R"("alone")");
    CHECK(fake.graph.lines() == Lines{"POST /$batch", "GET /a", "GET /a"});
  }
  SUBCASE("and a write is in doubt") {
    CHECK(send(patch()) == "transport");
    CHECK_FALSE(fake.connection.batches().is_supported());
  }
}

TEST_CASE("after a throttled item requests go by themselves, where they share a budget") {
  Service service(R"({"responses":[{"id":"1","status":204},
    {"id":"2","status":429,"headers":{"Retry-After":"2.5"}}]})");
  service.ahead.announce({"/a"});
  CHECK(service.send(patch()) == "204 ");
  CHECK_FALSE(service.support.is_supported());
}

TEST_CASE("an answer without the request's own leaves a write in doubt") {
  for (const char* body :
       {"", "<html>", "{}", R"({"responses":{}})", R"({"responses":[7]})",
        R"({"responses":[{"id":"2","status":200}]})",
        R"({"responses":[{"id":"1","status":"204"}]})",
        R"({"responses":[{"id":"1","status":204},{"id":"1","status":404}]})",
        R"({"responses":[{"id":"9","status":204}]})", R"({"responses":[{"id":1,"status":99}]})"}) {
    CAPTURE(body);
    Service service(body);
    service.ahead.announce({"/a"});
    CHECK(service.send(patch()) == "malformed");
    CHECK(service.graph.requests().size() == 1);
    CHECK_FALSE(service.support.is_supported());
  }
}
