#include "syncwright/emulator/weather.h"

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
  Json requests = Json::array();
  for (const char* id : {"1", "2", "3"}) {
    requests.push_back({{"id", id}, {"method", "GET"}, {"url", "/organization"}});
  }
  const auto answer = graph.send(http::HttpMethod::post, "/v1.0/$batch", {{"requests", requests}});
  REQUIRE(answer.has_value());
  CHECK(answer->status == 200);
  std::string statuses;
  const Json body = Json::parse(answer->body);
  for (const Json& each : body["responses"]) {
    statuses += each["id"].get<std::string>() + ":" + each["status"].dump() + " ";
  }
  CHECK(statuses == "1:200 2:200 3:429 ");
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

TEST_CASE("a service that comes and goes follows the tenant's clock") {
  WeatherFixture graph("* * flap=5000/1000 status=503");
  CHECK(graph.status() == 200);
  graph.fixture.clock.advance(5s);
  CHECK(graph.status() == 503);
  graph.fixture.clock.advance(1s);
  CHECK(graph.status() == 200);
}

}  // namespace syncwright::emulator
