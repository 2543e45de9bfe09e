#include <doctest/doctest.h>

#include <chrono>
#include <limits>
#include <string>

#include "expression/dates/date_time.h"

using namespace syncwright;
using namespace syncwright::expression;

namespace {

DateTime at(const char* text) {
  return parse_date(text).value().utc();
}

std::string added(const char* interval, std::int64_t amount, const char* date) {
  const auto made = add_interval(interval, amount, at(date));
  return made ? format_date({*made, {}}, "s").value() : made.error();
}

const char* const out_of_range = "the date would lie outside the years 1 to 9999";

}  // namespace

TEST_CASE("intervals are added") {
  const char* date = "2027-03-31T10:00:00";
  CHECK(added("d", 1, date) == "2027-04-01T10:00:00");
  CHECK(added("y", -31, date) == "2027-02-28T10:00:00");
  CHECK(added("w", 2, date) == "2027-04-02T10:00:00");
  CHECK(added("ww", -1, date) == "2027-03-24T10:00:00");
  CHECK(added("h", 15, date) == "2027-04-01T01:00:00");
  CHECK(added("n", -601, date) == "2027-03-30T23:59:00");
  CHECK(added("S", 59, date) == "2027-03-31T10:00:59");
}

TEST_CASE("months clip the day") {
  CHECK(added("m", 1, "2027-01-31T08:00") == "2027-02-28T08:00:00");
  CHECK(added("m", 13, "2027-01-31T08:00") == "2028-02-29T08:00:00");
  CHECK(added("m", -2, "2027-01-15") == "2026-11-15T00:00:00");
  CHECK(added("q", 1, "2026-11-30") == "2027-02-28T00:00:00");
  CHECK(added("YYYY", -1, "2028-02-29") == "2027-02-28T00:00:00");
}

TEST_CASE("a date outside the calendar is an error") {
  const std::int64_t huge = std::numeric_limits<std::int64_t>::max();
  CHECK(added("d", 1, "9999-12-31") == out_of_range);
  CHECK(added("s", -1, "0001-01-01") == out_of_range);
  CHECK(added("m", 1, "9999-12-01") == out_of_range);
  CHECK(added("m", -1, "0001-01-31") == out_of_range);
  for (const char* interval : {"yyyy", "m", "ww", "s"}) {
    CAPTURE(interval);
    CHECK(added(interval, huge, "2027-01-01") == out_of_range);
    CHECK(added(interval, std::numeric_limits<std::int64_t>::min(), "2027-01-01") == out_of_range);
  }
}

TEST_CASE("differences count elapsed units or calendar fields") {
  const DateTime from = at("2026-12-30T18:00:00");  // a Wednesday
  const DateTime to = at("2027-01-09T12:00:30");    // a Saturday
  CHECK(interval_between("d", from, to) == 9);
  CHECK(interval_between("y", from, to) == 9);
  CHECK(interval_between("h", from, to) == 234);
  CHECK(interval_between("n", from, to) == 14040);
  CHECK(interval_between("s", from, to) == 842430);
  CHECK(interval_between("w", from, to) == 1);
  CHECK(interval_between("m", from, to) == 1);
  CHECK(interval_between("q", from, to) == 1);
  CHECK(interval_between("yyyy", from, to) == 1);
  CHECK(interval_between("d", to, from) == -9);
  CHECK(interval_between("m", to, from) == -1);
}

TEST_CASE("weeks are counted from Sunday to Sunday") {
  CHECK(interval_between("ww", at("2027-01-02"), at("2027-01-03")) == 1);
  CHECK(interval_between("ww", at("2027-01-03"), at("2027-01-09")) == 0);
  CHECK(interval_between("ww", at("2027-01-17"), at("2027-01-02")) == -3);
}

TEST_CASE("an unknown interval is named") {
  const std::string message =
      "\"month\" is no interval; the intervals are yyyy, q, m, y, d, w, ww, h, n and s";
  CHECK(add_interval("month", 1, {}).error() == message);
  CHECK(interval_between("month", {}, {}).error() == message);
}

TEST_CASE("file times count from 1601") {
  CHECK(general_date(from_file_time(0).value()) == "1/1/1601 12:00:00 AM");
  CHECK(general_date(from_file_time(134117171990000000).value()) == "1/1/2026 4:59:59 AM");
  CHECK(to_file_time(at("2025-12-31T23:59:59-05:00")) == 134117171990000000);
  CHECK(to_file_time(at("1600-12-31T23:59:59")) == -10000000);
  CHECK(from_file_time(std::numeric_limits<std::int64_t>::max()).error() ==
        "9223372036854775807 is no file time between the years 1601 and 9999");
  CHECK_FALSE(from_file_time(-1));
}

TEST_CASE("an instant keeps its milliseconds") {
  const Instant instant{std::chrono::milliseconds{1'800'000'000'123}};
  CHECK(format_date({from_instant(instant), {}}, "yyyy-MM-dd HH:mm:ss.fff") ==
        "2027-01-15 08:00:00.123");
  CHECK(from_instant(Instant::min()).ticks == 0);
}
