#include <doctest/doctest.h>

#include "syncwright/emulator/server.h"
#include "unit/manual_clock.h"

namespace syncwright::emulator {

namespace {

using namespace std::chrono_literals;

/// What answers at the root of a served emulator, or in its place.
class Door final : public http::HttpTransport {
 public:
  Result<http::HttpResponse> send(const http::HttpRequest& request, std::stop_token) override {
    url = request.url;
    return instead ? *instead : answer_clock(clock, request);
  }

  ManualClock wall;
  VirtualClock clock{wall};
  std::optional<http::HttpResponse> instead;
  std::string url;
};

http::HttpRequest request_of(http::HttpMethod method, std::string body = {}) {
  http::HttpRequest request;
  request.method = method;
  request.body = std::move(body);
  return request;
}

}  // namespace

TEST_CASE("a served clock is read and moved on") {
  Door door;
  CHECK(answer_clock(door.clock, request_of(http::HttpMethod::get)).body ==
        R"({"aheadMilliseconds":0,"now":"2026-01-01T00:00:00Z"})");
  CHECK(answer_clock(door.clock,
                     request_of(http::HttpMethod::post, R"({"advanceMilliseconds": 60000})"))
            .body == R"({"aheadMilliseconds":60000,"now":"2026-01-01T00:01:00Z"})");
  const auto ahead = advance_served_clock(door, "http://127.0.0.1:8484", 30s, {});
  REQUIRE(ahead.has_value());
  CHECK(*ahead == 90s);
  CHECK(door.url == "http://127.0.0.1:8484/_emulator/clock");
  CHECK(door.clock.now() == door.wall.now() + 90s);
}

TEST_CASE("what is no step moves nothing") {
  Door door;
  for (const char* body :
       {"", "{", "[]", "{}", R"({"advanceMilliseconds": -1})", R"({"advanceMilliseconds": 1.5})",
        R"({"advanceMilliseconds": 1000000000000})", R"({"advanceMilliseconds": "1"})"}) {
    CAPTURE(body);
    CHECK(answer_clock(door.clock, request_of(http::HttpMethod::post, body)).status == 400);
  }
  CHECK(answer_clock(door.clock, request_of(http::HttpMethod::del)).status == 405);
  CHECK(door.clock.now() == door.wall.now());
}

TEST_CASE("whoever answers otherwise is no emulator") {
  Door door;
  for (const char* body : {"", "<html>", "{}", R"({"aheadMilliseconds": -5})"}) {
    door.instead = http::HttpResponse{200, {}, body};
    CAPTURE(body);
    CHECK_FALSE(advance_served_clock(door, "http://127.0.0.1:1", 0ms, {}).has_value());
  }
  door.instead = http::HttpResponse{404, {}, R"({"aheadMilliseconds": 0})"};
  CHECK_FALSE(advance_served_clock(door, "http://127.0.0.1:1", 0ms, {}).has_value());
}

}  // namespace syncwright::emulator
