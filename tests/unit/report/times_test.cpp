#include "syncwright/report/times.h"

#include <doctest/doctest.h>

using namespace syncwright;
using namespace syncwright::report;

TEST_CASE("a time is told as Graph wrote it, or as how long ago it was") {
  const Instant now = *parse_rfc3339("2026-11-22T10:00:00Z");
  const Times ages(now);
  CHECK(Times().words("2026-11-22T09:56:00.5Z") == "2026-11-22T09:56:00.5Z");
  CHECK(ages.words("2026-11-22T10:00:00.4Z") == "now");
  CHECK(ages.words("2026-11-22T09:59:01Z") == "59 s ago");
  CHECK(ages.words("2026-11-22T09:59:00Z") == "1 min ago");
  CHECK(ages.words("2026-11-22T08:00:01Z") == "119 min ago");
  CHECK(ages.words("2026-11-22T08:00:00Z") == "2 h ago");
  CHECK(ages.words("2026-11-20T10:00:01Z") == "47 h ago");
  CHECK(ages.words("2026-11-20T10:00:00Z") == "2 days ago");
  CHECK(ages.words("2026-11-22T16:30:00Z") == "in 6 h");
  CHECK(ages.words("2026-11-22T11:00:00+01:00") == "now");
  CHECK(Times(now, true).words("2026-11-22T09:56:00Z") == "2026-11-22T09:56:00Z (4 min ago)");
}

TEST_CASE("what is no time stays, and cannot steer a terminal") {
  const Times ages(*parse_rfc3339("2026-11-22T10:00:00Z"), true);
  CHECK(ages.words("").empty());
  CHECK(ages.words("soon") == "soon");
  CHECK(ages.words("\x1b[2J").find('\x1b') == std::string::npos);
  CHECK(Times().words("\x1b[2J").find('\x1b') == std::string::npos);
}
