#include <doctest/doctest.h>

#include <string>

#include "expression/dates/date_time.h"

using namespace syncwright;
using namespace syncwright::expression;

namespace {

std::string written(const ZonedDate& date) {
  return format_date(date, "yyyy-MM-ddTHH:mm:ss.FFFFFFFK").value();
}

/// "-" where the text is refused.
std::string read(const std::string& text) {
  const auto date = parse_date(text);
  return date ? written(*date) : "-";
}

std::string read(const std::string& text, const std::string& format) {
  const auto date = parse_date(text, format);
  return date ? written(*date) : "-";
}

}  // namespace

TEST_CASE("dates are read freely") {
  CHECK(read("2027-03-04") == "2027-03-04T00:00:00");
  CHECK(read(" 2027-3-4 ") == "2027-03-04T00:00:00");
  CHECK(read("2027/03/04 5:06") == "2027-03-04T05:06:00");
  CHECK(read("2027-03-04T15:16:17.125Z") == "2027-03-04T15:16:17.125Z");
  CHECK(read("2027-03-04 15:16:17 +0530") == "2027-03-04T15:16:17+05:30");
  CHECK(read("2027-03-04-07:00") == "2027-03-04T00:00:00-07:00");
  CHECK(read("2027-03-04+08") == "2027-03-04T00:00:00+08:00");
  CHECK(read("3/4/2027 5:06:07 PM") == "2027-03-04T17:06:07");
  CHECK(read("12/31/2027 12:00:00 am") == "2027-12-31T00:00:00");
  CHECK(read("3/4/27") == "2027-03-04T00:00:00");
  CHECK(read("3/4/50") == "1950-03-04T00:00:00");
  CHECK(read("2027-03-04T01:02:03.12345678") == "2027-03-04T01:02:03.1234568");
}

TEST_CASE("dates with English names are read freely") {
  CHECK(read("Thu, 04 Mar 2027 05:06:07 GMT") == "2027-03-04T05:06:07Z");
  CHECK(read("4 march 2027") == "2027-03-04T00:00:00");
  CHECK(read("March 4, 2027") == "2027-03-04T00:00:00");
  CHECK(read("Thursday, 04 March 2027 05:06:07") == "2027-03-04T05:06:07");
}

TEST_CASE("what is no date is refused and named") {
  for (const char* text :
       {"", "20270304", "2027-13-01", "2027-02-29", "2027-03-04T", "2027-03-04T25:00", "17:00",
        "2027-03-04T10:00:00+15:00", "3/4/2027 10:60", "2027-03-04x",
        "Fri, 04 Mar 2027 05:06:07 GMT", "0001-01-01T00:00+01:00", "9999-12-31T23:59:59.99999999",
        "\xff", "2027-03-0410:00"}) {
    CAPTURE(text);
    CHECK(read(text) == "-");
  }
  CHECK(parse_date("tomorrow").error() == "\"tomorrow\" is no date");
}

TEST_CASE("a leap day and both ends of the calendar are dates") {
  CHECK(read("2028-02-29") == "2028-02-29T00:00:00");
  CHECK(parse_date("0001-01-01").value().wall.ticks == 0);
  CHECK(parse_date("9999-12-31T23:59:59.9999999").value().wall.ticks == 3155378975999999999);
}

TEST_CASE("the offset is applied in UTC") {
  CHECK(general_date(parse_date("2027-03-04T20:00:00-05:00").value().utc()) ==
        "3/5/2027 1:00:00 AM");
  CHECK(general_date(parse_date("2027-03-04").value().utc()) == "3/4/2027 12:00:00 AM");
}

TEST_CASE("a format is read exactly") {
  CHECK(read("20270304101112.5Z", "yyyyMMddHHmmss.fZ") == "2027-03-04T10:11:12.5Z");
  CHECK(read("4/3/2027", "d/M/yyyy") == "2027-03-04T00:00:00");
  CHECK(read("04/03/2027", "d/M/yyyy") == "2027-03-04T00:00:00");
  CHECK(read("4/3/2027", "dd/MM/yyyy") == "-");
  CHECK(read("  2027-03-04 ", "yyyy-MM-dd") == "2027-03-04T00:00:00");
  CHECK(read("2027-03-04x", "yyyy-MM-dd") == "-");
  CHECK(read("2027-03-04-07:00", "yyyy-MM-ddzzz") == "2027-03-04T00:00:00-07:00");
  CHECK(read("2027-03-04-0730", "yyyy-MM-ddzzz") == "2027-03-04T00:00:00-07:30");
  CHECK(read("2027-03-04 +5", "yyyy-MM-dd z") == "2027-03-04T00:00:00+05:00");
  CHECK(read("3/4/2027 05:06:07 PM", "M/d/yyyy hh:mm:ss tt") == "2027-03-04T17:06:07");
  CHECK(read("3/4/2027 12:06 a", "M/d/yyyy h:mm t") == "2027-03-04T00:06:00");
  CHECK(read("3/4/2027 13:06 PM", "M/d/yyyy h:mm tt") == "-");
  CHECK(read("3/4/2027 13:06 AM", "M/d/yyyy H:mm tt") == "-");
  CHECK(read("04-MAR-27", "dd-MMM-yy") == "2027-03-04T00:00:00");
  CHECK(read("Thursday 4 March 2027", "dddd d MMMM yyyy") == "2027-03-04T00:00:00");
  CHECK(read("Friday 4 March 2027", "dddd d MMMM yyyy") == "-");
  CHECK(read("day 4 of 3, 2027", "'day' d \\o\\f M, yyyy") == "2027-03-04T00:00:00");
}

TEST_CASE("fractions and zones may be missing where the format says so") {
  CHECK(read("10:11:12 2027-03-04", "HH:mm:ss.FFF yyyy-MM-dd") == "2027-03-04T10:11:12");
  CHECK(read("10:11:12.25 2027-03-04", "HH:mm:ss.FFF yyyy-MM-dd") == "2027-03-04T10:11:12.25");
  CHECK(read("2027-03-04T10:00", "yyyy-MM-ddTHH:mmK") == "2027-03-04T10:00:00");
  CHECK(read("2027-03-04T10:00Z", "yyyy-MM-ddTHH:mmK") == "2027-03-04T10:00:00Z");
  CHECK(read("2027-03-04T10:00+02:00", "yyyy-MM-ddTHH:mmK") == "2027-03-04T10:00:00+02:00");
}

TEST_CASE("parts that the format leaves out are the first ones") {
  CHECK(read("2027", "yyyy") == "2027-01-01T00:00:00");
  CHECK(read("10:11", "HH:mm") == "0001-01-01T10:11:00");
  CHECK(read("4 March", "d MMMM") == "-");
  CHECK(read("2027 2026", "yyyy yyyy") == "-");
}

TEST_CASE("standard formats are read") {
  CHECK(read("2027-03-04T10:11:12.1234567+02:00", "o") == "2027-03-04T10:11:12.1234567+02:00");
  CHECK(read("Thu, 04 Mar 2027 10:11:12 GMT", "r") == "2027-03-04T10:11:12Z");
  CHECK(read("2027-03-04 10:11:12Z", "u") == "2027-03-04T10:11:12Z");
  CHECK(read("03/04/2027", "d") == "2027-03-04T00:00:00");
  CHECK(read("2027-03-04T10:11:12", "s") == "2027-03-04T10:11:12");
}

TEST_CASE("a mismatch names text and format") {
  CHECK(parse_date("x", "yyyy").error() == "\"x\" is no date of the format \"yyyy\"");
  CHECK(parse_date("x", "").error() == "the date format is empty");
  CHECK(parse_date("x", "j").error() == "the date format \"j\" is no standard date format");
}
