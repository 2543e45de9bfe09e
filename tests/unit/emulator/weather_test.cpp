#include "syncwright/emulator/weather.h"

#include <functional>

#include "tenant_fixture.h"

namespace syncwright::emulator {

namespace {

using namespace std::chrono_literals;

/// A tenant behind weather, and a client that counts no milliseconds but those of the clock.
class WeatherFixture {
 public:
  explicit WeatherFixture(const char* faults, std::uint64_t throttle = 0)
      : weather(fixture.tenant, fixture.clock, options_of(faults, throttle)),
        transport(weather, fixture.clock) {}

  Result<http::HttpResponse> send(http::HttpMethod method, const std::string& path,
                                  const Json& body = {}) {
    http::HttpRequest request;
    request.method = method;
    request.url = "https://graph.example" + path;
    request.headers = {{"Authorization", "Bearer " + fixture.token}};
    if (!body.is_null()) {
      request.headers.set("Content-Type", "application/json");
      request.body = body.dump();
    }
    return transport.send(request, {});
  }
  int status() {
    const auto response = send(http::HttpMethod::get, "/v1.0/organization");
    return response ? response->status : 0;
  }
  Result<http::HttpResponse> make_group() {
    return send(http::HttpMethod::post, "/v1.0/groups",
                {{"displayName", "Sailors"},
                 {"mailEnabled", false},
                 {"mailNickname", "sailors"},
                 {"securityEnabled", true}});
  }
  static Json group_item(const char* id, const char* depends_on = nullptr) {
    Json item = {{"id", id},
                 {"method", "POST"},
                 {"url", "/groups"},
                 {"headers", {{"Content-Type", "application/json"}}},
                 {"body",
                  {{"displayName", "Sailors"},
                   {"mailEnabled", false},
                   {"mailNickname", "sailors"},
                   {"securityEnabled", true}}}};
    if (depends_on) item["dependsOn"] = {depends_on};
    return item;
  }
  static Json organization_item(const char* id, const char* depends_on = nullptr) {
    Json item = {{"id", id}, {"method", "GET"}, {"url", "/organization?$select=id"}};
    if (depends_on) item["dependsOn"] = {depends_on};
    return item;
  }
  Result<http::HttpResponse> batch(const Json& items) {
    return send(http::HttpMethod::post, "/v1.0/$batch", {{"requests", items}});
  }
  /// What it answers to the items, and in front, where it is no 200, to the batch.
  static std::string statuses(const Result<http::HttpResponse>& answer) {
    if (!answer) return "reset";
    if (answer->status != 200) return std::to_string(answer->status);
    std::string text;
    const Json body = Json::parse(answer->body);
    for (const Json& each : body["responses"]) {
      text +=
          (text.empty() ? "" : " ") + each["id"].get<std::string>() + ":" + each["status"].dump();
    }
    return text;
  }
  /// "POST */groups nth=1 reset-before matched 2 struck 1\n" of each rule.
  std::string counts() {
    std::string text;
    for (const FaultCount& count : weather.faults().counts()) {
      text += count.rule + " matched " + std::to_string(count.matched) + " struck " +
              std::to_string(count.struck) + "\n";
    }
    return text;
  }
  std::size_t groups() { return fixture.tenant.people()["groups"].size(); }

  TenantFixture fixture;
  Weather weather;
  WeatherTransport transport;

 private:
  static WeatherOptions options_of(const char* faults, std::uint64_t throttle) {
    WeatherOptions options;
    options.requests_per_second = throttle;
    if (*faults != '\0') options.faults = parse_faults(faults).value();
    return options;
  }
};

/// Asks somebody something whenever it is waited on.
class AskingClock final : public Clock {
 public:
  explicit AskingClock(std::function<void()> ask) : ask_(std::move(ask)) {}
  [[nodiscard]] Instant now() const override { return {}; }
  bool wait(Milliseconds, std::stop_token) override {
    ask_();
    return true;
  }

 private:
  std::function<void()> ask_;
};

}  // namespace

TEST_CASE("a throttle lets so many pass at once, and as many each second") {
  WeatherFixture graph("", 4);
  for (int i = 0; i < 4; ++i) CHECK(graph.status() == 200);
  const auto refused = graph.send(http::HttpMethod::get, "/v1.0/organization");
  REQUIRE(refused.has_value());
  CHECK(refused->status == 429);
  CHECK(refused->headers.get("Retry-After") == "0.250");
  const Json error = Json::parse(refused->body)["error"];
  CHECK(error["code"] == "TooManyRequests");
  CHECK(error["innerError"]["code"] == "429");
  CHECK(error["innerError"]["status"] == "429");
  CHECK(error["innerError"]["message"] == "Please retry after");
  CHECK(error["innerError"]["request-id"] == *refused->headers.get("request-id"));
  graph.fixture.clock.advance(100ms);
  CHECK(http::parse_retry_after(
            *graph.send(http::HttpMethod::get, "/v1.0/organization")->headers.get("Retry-After"),
            {}) == 150ms);
  graph.fixture.clock.advance(150ms);
  CHECK(graph.status() == 200);
  CHECK(graph.status() == 429);
  graph.fixture.clock.advance(1min);  // a long pause saves no more than a second's worth
  for (int i = 0; i < 4; ++i) CHECK(graph.status() == 200);
  CHECK(graph.status() == 429);
}

TEST_CASE("a throttle counts the items of a batch, and refuses each for itself") {
  WeatherFixture graph("", 2);
  const auto answer =
      graph.batch({WeatherFixture::organization_item("1"), WeatherFixture::organization_item("2"),
                   WeatherFixture::organization_item("3")});
  CHECK(WeatherFixture::statuses(answer) == "1:200 2:200 3:429");
  const Json responses = Json::parse(answer->body)["responses"];
  CHECK_FALSE(responses[0]["headers"].contains("x-ms-throttle-limit-percentage"));
  CHECK(responses[1]["headers"]["x-ms-throttle-limit-percentage"] == "1.00");
  CHECK(responses[2]["headers"]["Retry-After"] == "0.500");
  CHECK(graph.status() == 429);
}

TEST_CASE("near its limit a throttle says so, and tokens are free of it") {
  WeatherFixture graph("", 10);
  const auto warning = [&] {
    return graph.send(http::HttpMethod::get, "/v1.0/organization")
        ->headers.get("x-ms-throttle-limit-percentage");
  };
  for (int i = 0; i < 7; ++i) CHECK_FALSE(warning());
  CHECK(warning() == "0.80");
  CHECK(warning() == "0.90");
  CHECK(warning() == "1.00");
  CHECK(graph.status() == 429);
  const auto token = graph.send(http::HttpMethod::post, "/contoso/oauth2/v2.0/token");
  REQUIRE(token.has_value());
  CHECK(token->status != 429);
}

TEST_CASE("a reset loses the request, or only its answer") {
  WeatherFixture graph("POST */groups nth=1 reset-before; POST */groups nth=1 reset-after");
  const std::size_t before = graph.groups();
  const auto unsent = graph.make_group();
  REQUIRE_FALSE(unsent.has_value());
  CHECK(unsent.error().kind == ErrorKind::transport);
  CHECK(graph.groups() == before);
  const auto unanswered = graph.make_group();
  REQUIRE_FALSE(unanswered.has_value());
  CHECK(unanswered.error().kind == ErrorKind::transport);
  CHECK(graph.groups() == before + 1);
  CHECK(graph.make_group()->status == 201);
}

TEST_CASE("an error stands in the place of an answer, or of the work too") {
  WeatherFixture graph(
      "POST */groups nth=1 status=503 retry-after=7; "
      "POST */groups nth=1 status=500 processed");
  const std::size_t before = graph.groups();
  const auto refused = graph.make_group();
  CHECK(refused->status == 503);
  CHECK(refused->headers.get("Retry-After") == "7");
  CHECK(Json::parse(refused->body)["error"]["code"] == "ServiceUnavailable");
  CHECK(graph.groups() == before);
  const auto lost = graph.make_group();
  CHECK(lost->status == 500);
  CHECK_FALSE(lost->headers.get("Retry-After"));
  CHECK(graph.groups() == before + 1);
}

TEST_CASE("what is done twice, and what is answered with garbage, is done") {
  WeatherFixture graph("POST */groups nth=1 duplicate; POST */groups nth=1 garbage");
  const std::size_t before = graph.groups();
  CHECK(graph.make_group()->status == 201);
  CHECK(graph.groups() == before + 2);
  const auto garbage = graph.make_group();
  CHECK(garbage->status == 200);
  CHECK_FALSE(parse_json(garbage->body, {}).has_value());
  CHECK(graph.groups() == before + 3);
}

TEST_CASE("late, slow and short answers") {
  WeatherFixture graph(
      "GET * nth=1 stall=1500; GET * nth=1 slow-body=10; GET * nth=1 truncate=5; "
      "GET * nth=1 truncate=100000");
  const Instant start = graph.fixture.clock.now();
  CHECK(graph.status() == 200);
  CHECK(graph.fixture.clock.now() == start + 1500ms);
  const auto slow = graph.send(http::HttpMethod::get, "/v1.0/organization");
  REQUIRE(slow.has_value());
  CHECK(graph.fixture.clock.now() == start + 1500ms + slow->body.size() * 100ms);
  const auto cut = graph.send(http::HttpMethod::get, "/v1.0/organization");
  REQUIRE_FALSE(cut.has_value());
  CHECK(cut.error().kind == ErrorKind::transport);
  CHECK(graph.status() == 200);  // a body that is shorter stays whole
}

TEST_CASE("a fault counts the items of a batch as it counts plain requests") {
  WeatherFixture graph(
      "GET /v1.0/organization every=3 status=503; POST /v1.0/$batch nth=2 status=500");
  const Json items = {WeatherFixture::organization_item("1"),
                      WeatherFixture::organization_item("2")};
  CHECK(graph.status() == 200);
  CHECK(WeatherFixture::statuses(graph.batch(items)) == "1:200 2:503");
  CHECK(WeatherFixture::statuses(graph.batch(items)) == "500");  // the whole, and no item is seen
  CHECK(WeatherFixture::statuses(graph.batch(items)) == "1:200 2:200");
  CHECK(graph.status() == 503);
  CHECK(graph.counts() ==
        "GET /v1.0/organization every=3 status=503 matched 6 struck 2\n"
        "POST /v1.0/$batch nth=2 status=500 matched 3 struck 1\n");
}

TEST_CASE("an error of an item is its own, and fails what depends on it") {
  WeatherFixture graph(
      "POST */groups nth=1 status=503 retry-after=7; "
      "POST */groups nth=1 status=500 processed");
  const Json items = {WeatherFixture::group_item("1"), WeatherFixture::organization_item("2", "1")};
  const std::size_t before = graph.groups();
  const auto refused = graph.batch(items);
  CHECK(WeatherFixture::statuses(refused) == "1:503 2:424");
  const Json first = Json::parse(refused->body)["responses"][0];
  CHECK(first["headers"]["Retry-After"] == "7");
  const Json id = first["headers"]["request-id"];
  CHECK(
      first["body"] ==
      Json{{"error",
            {{"code", "ServiceUnavailable"},
             {"message", "This emulator makes weather."},
             {"innerError",
              {{"date", "2026-01-01T00:00:00"}, {"request-id", id}, {"client-request-id", id}}}}}});
  CHECK(graph.groups() == before);
  CHECK(WeatherFixture::statuses(graph.batch(items)) == "1:500 2:424");
  CHECK(graph.groups() == before + 1);
  CHECK(WeatherFixture::statuses(graph.batch(items)) == "1:201 2:200");
  CHECK(graph.groups() == before + 2);
}

TEST_CASE("a reset of an item breaks its batch there") {
  WeatherFixture graph("POST */groups nth=2 reset-before; POST */groups nth=3 reset-after");
  const Json items = {WeatherFixture::group_item("1"), WeatherFixture::group_item("2", "1"),
                      WeatherFixture::group_item("3", "2")};
  const std::size_t before = graph.groups();
  const auto unsent = graph.batch(items);
  REQUIRE_FALSE(unsent.has_value());
  CHECK(unsent.error().kind == ErrorKind::transport);
  CHECK(graph.groups() == before + 1);
  const auto unanswered = graph.batch(items);
  REQUIRE_FALSE(unanswered.has_value());
  CHECK(unanswered.error().kind == ErrorKind::transport);
  CHECK(graph.groups() == before + 3);
  CHECK(WeatherFixture::statuses(graph.batch(items)) == "1:201 2:201 3:201");
}

TEST_CASE("what is done twice or answered with garbage in a batch is done") {
  WeatherFixture graph("POST */groups nth=1 duplicate; POST */groups nth=1 garbage");
  const Json items = {WeatherFixture::group_item("1"), WeatherFixture::organization_item("2", "1")};
  const std::size_t before = graph.groups();
  CHECK(WeatherFixture::statuses(graph.batch(items)) == "1:201 2:200");
  CHECK(graph.groups() == before + 2);
  const auto garbage = graph.batch(items);
  CHECK(WeatherFixture::statuses(garbage) == "1:200 2:200");
  CHECK(Json::parse(garbage->body)["responses"][0]["body"] ==
        "//48AW5vdCBKU09OAnsidmFsdWUiOlt7XSLD");
  CHECK(graph.groups() == before + 3);
}

TEST_CASE("a late item makes its batch late, a slow or short one the answer to the whole") {
  WeatherFixture graph("GET * nth=1 stall=1500; GET * nth=1 slow-body=10; GET * nth=1 truncate=5");
  const Json items = {WeatherFixture::organization_item("1"), WeatherFixture::group_item("2", "1")};
  const std::size_t before = graph.groups();
  const Instant start = graph.fixture.clock.now();
  CHECK(WeatherFixture::statuses(graph.batch(items)) == "1:200 2:201");
  CHECK(graph.fixture.clock.now() == start + 1500ms);
  const auto slow = graph.batch(items);
  CHECK(WeatherFixture::statuses(slow) == "1:200 2:201");
  CHECK(graph.fixture.clock.now() == start + 1500ms + slow->body.size() * 100ms);
  const auto cut = graph.batch(items);
  REQUIRE_FALSE(cut.has_value());
  CHECK(cut.error().kind == ErrorKind::transport);
  CHECK(graph.groups() == before + 3);
}

TEST_CASE("of two faults of the answer to a batch the worse one stays") {
  WeatherFixture graph(
      "* * nth=2 truncate=20; * * nth=2 truncate=10; * * nth=2 slow-body=30; * * nth=2 "
      "slow-body=40");
  Json items = Json::array();
  for (const char* id : {"1", "2", "3", "4", "5"}) {
    items.push_back(WeatherFixture::organization_item(id));
  }
  http::HttpRequest request;
  request.method = http::HttpMethod::post;
  request.url = "https://graph.example/v1.0/$batch";
  request.headers = {{"Authorization", "Bearer " + graph.fixture.token},
                     {"Content-Type", "application/json"}};
  request.body = Json{{"requests", items}}.dump();
  const WireFault wire = graph.weather.answer(request, {}).wire;
  CHECK_FALSE(wire.breaks);
  CHECK(wire.body_bytes == 10);
  CHECK(wire.bytes_per_second == 30);
  CHECK(graph.counts() ==
        "* * nth=2 truncate=20 matched 6 struck 1\n"
        "* * nth=2 truncate=10 matched 5 struck 1\n"
        "* * nth=2 slow-body=30 matched 4 struck 1\n"
        "* * nth=2 slow-body=40 matched 3 struck 1\n");
}

TEST_CASE("while an item of a batch stalls the tenant answers others") {
  TenantFixture fixture;
  int status = 0;
  AskingClock clock([&] { status = fixture.get("/organization").status; });
  Weather weather(fixture.tenant, clock, {.faults = parse_faults("GET * stall=5000").value()});
  http::HttpRequest request;
  request.method = http::HttpMethod::post;
  request.url = "https://graph.example/v1.0/$batch";
  request.headers = {{"Authorization", "Bearer " + fixture.token},
                     {"Content-Type", "application/json"}};
  request.body = Json{{"requests", Json::array({WeatherFixture::organization_item("1")})}}.dump();
  CHECK(weather.answer(request, {}).response.status == 200);
  CHECK(status == 200);
}

TEST_CASE("a service that comes and goes follows the tenant's clock") {
  WeatherFixture graph("* * flap=5000/1000 status=503");
  CHECK(graph.status() == 200);
  graph.fixture.clock.advance(5s);
  CHECK(graph.status() == 503);
  graph.fixture.clock.advance(1s);
  CHECK(graph.status() == 200);
}

}  // namespace syncwright::emulator
