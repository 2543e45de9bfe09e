#include <doctest/doctest.h>

#include "syncwright/http/transport.h"

using namespace syncwright;
using namespace syncwright::http;
using namespace std::chrono_literals;

namespace {

const Instant now = *parse_rfc3339("1994-11-06T08:49:30.250Z");

}  // namespace

TEST_CASE("seconds, whole or with a fraction rounded up") {
  CHECK(parse_retry_after("0", now) == 0ms);
  CHECK(parse_retry_after("120", now) == 120s);
  CHECK(parse_retry_after("2.128", now) == 2128ms);
  CHECK(parse_retry_after("2.5", now) == 2500ms);
  CHECK(parse_retry_after("2.1280", now) == 2128ms);
  CHECK(parse_retry_after("2.1281", now) == 2129ms);
  CHECK(parse_retry_after(" 7 ", now) == 7s);
}

TEST_CASE("an absurd number is long, not wrapped around") {
  CHECK(parse_retry_after("99999999999999999999999999999999", now) == 24h * 1'000'000);
}

TEST_CASE("a date counts from now and never backwards") {
  CHECK(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now) == 6750ms);
  CHECK(parse_retry_after("Tue, 08 Nov 1994 08:49:31 GMT", now) == 48h + 750ms);
  CHECK(parse_retry_after("Sun, 06 Nov 1994 08:49:30 GMT", now) == 0ms);
  CHECK(parse_retry_after("Fri, 01 Jan 1993 00:00:00 GMT", now) == 0ms);
}

TEST_CASE("anything else is no delay") {
  for (const char* value :
       {"", " ", "-1", "+1", "1e3", "0x10", "1.", ".5", "1.2.3", "1,5", "soon", "inf", "1 s",
        "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Foo 1994 08:49:37 GMT",
        "Sun, 31 Feb 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT+1", "1994-11-06T08:49:37Z"}) {
    CAPTURE(value);
    CHECK(parse_retry_after(value, now) == std::nullopt);
  }
}

TEST_CASE("of a whole answer a date counts from when it was sent") {
  CHECK(retry_after_of({}) == std::nullopt);
  CHECK(retry_after_of({{"Retry-After", "2.5"}}) == 2500ms);
  CHECK(retry_after_of({{"Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"},
                        {"Date", "Sun, 06 Nov 1994 08:49:30 GMT"}}) == 7s);
  CHECK(retry_after_of({{"Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"}}) == 0ms);
  CHECK(retry_after_of({{"Retry-After", "soon"}}) == std::nullopt);
}
