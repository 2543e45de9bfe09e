#include "syncwright/core/clock.h"

#include <doctest/doctest.h>

#include "unit/manual_clock.h"

using namespace syncwright;
using namespace std::chrono_literals;

namespace {

/// The instant printed again, so that a failing case shows what was read.
std::string read_back(const char* text) {
  const auto instant = parse_rfc3339(text);
  return instant ? format_rfc3339(*instant) : "(refused)";
}

}  // namespace

TEST_CASE("an instant prints in UTC, with milliseconds only where there are some") {
  CHECK(format_rfc3339(Instant{1'795'341'600'000ms}) == "2026-11-22T10:00:00Z");
  CHECK(format_rfc3339(Instant{1'795'341'600'007ms}) == "2026-11-22T10:00:00.007Z");
  CHECK(format_rfc3339(Instant{-1ms}) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("RFC 3339 is read with fractions and offsets") {
  CHECK(read_back("2026-11-22T10:00:00Z") == "2026-11-22T10:00:00Z");
  CHECK(read_back("2019-01-08T00:43:35.6124799Z") == "2019-01-08T00:43:35.612Z");
  CHECK(read_back("2026-11-22T10:00:00.5Z") == "2026-11-22T10:00:00.500Z");
  CHECK(read_back("2026-11-22T10:00:00.123456789Z") == "2026-11-22T10:00:00.123Z");
  CHECK(read_back("2026-11-22T10:00:00+05:30") == "2026-11-22T04:30:00Z");
  CHECK(read_back("2026-12-31T23:00:00-02:00") == "2027-01-01T01:00:00Z");
  CHECK(read_back("0001-01-01T00:00:00Z") == "0001-01-01T00:00:00Z");
  CHECK(read_back("2024-02-29T00:00:00Z") == "2024-02-29T00:00:00Z");
}

TEST_CASE("anything else is no instant") {
  for (const char* text :
       {"", "2026-11-22", "2026-11-22T10:00:00", "2026-11-22 10:00:00Z", "2026-13-01T00:00:00Z",
        "2023-02-29T00:00:00Z", "2026-11-22T24:00:00Z", "2026-11-22T10:60:00Z",
        "2026-11-22T10:00:60Z", "2026-11-22T10:00:00.Z", "2026-11-22T10:00:00.1234567890Z",
        "2026-11-22T10:00:00+0530", "2026-11-22T10:00:00+24:00", "2026-11-22T10:00:00Zjunk",
        "26-11-22T10:00:00Z", " 2026-11-22T10:00:00Z"}) {
    CAPTURE(text);
    CHECK(read_back(text) == "(refused)");
  }
}

TEST_CASE("the system clock waits, and stops waiting when told") {
  SystemClock clock;
  CHECK(clock.now() > *parse_rfc3339("2024-01-01T00:00:00Z"));
  std::stop_source source;
  CHECK(clock.wait(0ms, source.get_token()));
  CHECK(clock.wait(1ms, std::stop_token{}));
  source.request_stop();
  CHECK_FALSE(clock.wait(24h, source.get_token()));
}

TEST_CASE("the manual clock moves by waiting") {
  ManualClock clock;
  CHECK(format_rfc3339(clock.now()) == "2026-01-01T00:00:00Z");
  std::stop_source source;
  CHECK(clock.wait(90s, source.get_token()));
  clock.advance(1s);
  CHECK(format_rfc3339(clock.now()) == "2026-01-01T00:01:31Z");
  source.request_stop();
  CHECK_FALSE(clock.wait(1h, source.get_token()));
  CHECK(format_rfc3339(clock.now()) == "2026-01-01T00:01:31Z");
  CHECK(clock.waits() == std::vector<Milliseconds>{90s});
}
