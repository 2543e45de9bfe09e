#include <doctest/doctest.h>

#include <string>

#include "expression/dates/date_time.h"

using namespace syncwright;
using namespace syncwright::expression;

namespace {

std::string shown(const char* date, const char* format) {
  return format_date(parse_date(date).value(), format).value();
}

}  // namespace

TEST_CASE("a custom format writes the parts of a date") {
  struct Row {
    const char* format;
    const char* expected;
  };
  // Of Thursday, 4 March 2027, 15:07:09.0450000.
  for (const Row& row : {
           Row{"yyyy-MM-dd", "2027-03-04"},
           Row{"d/M/yy", "4/3/27"},
           Row{"ddd dddd MMM MMMM", "Thu Thursday Mar March"},
           Row{"y yyy yyyyy", "27 2027 02027"},
           Row{"h:m:s t", "3:7:9 P"},
           Row{"hh:mm:ss tt", "03:07:09 PM"},
           Row{"H HH", "15 15"},
           Row{"f ff fff fffffff", "0 04 045 0450000"},
           Row{"ss.FFF", "09.045"},
           Row{"ss.F", "09"},
           Row{"%d", "4"},
           Row{"%h", "3"},
           Row{"yyyyMMddHHmmss.0Z", "20270304150709.0Z"},
           Row{"'day' d \"of\" MMM", "day 4 of Mar"},
           Row{"\\d\\\\d", "d\\4"},
           Row{"gg yyyy", "A.D. 2027"},
           Row{"yyyy年MM月", "2027年03月"},
       }) {
    CAPTURE(row.format);
    CHECK(shown("2027-03-04T15:07:09.045", row.format) == row.expected);
  }
}

TEST_CASE("midnight and noon are twelve of a twelve-hour clock") {
  CHECK(shown("2027-03-04", "h tt hh") == "12 AM 12");
  CHECK(shown("2027-03-04T12:30", "h tt") == "12 PM");
}

TEST_CASE("standard formats are those of the invariant culture") {
  struct Row {
    const char* format;
    const char* expected;
  };
  for (const Row& row : {
           Row{"d", "12/31/2025"},
           Row{"D", "Wednesday, 31 December 2025"},
           Row{"f", "Wednesday, 31 December 2025 23:59"},
           Row{"F", "Wednesday, 31 December 2025 23:59:58"},
           Row{"g", "12/31/2025 23:59"},
           Row{"G", "12/31/2025 23:59:58"},
           Row{"m", "December 31"},
           Row{"o", "2025-12-31T23:59:58.0000000-05:00"},
           Row{"r", "Thu, 01 Jan 2026 04:59:58 GMT"},
           Row{"s", "2025-12-31T23:59:58"},
           Row{"t", "23:59"},
           Row{"T", "23:59:58"},
           Row{"u", "2026-01-01 04:59:58Z"},
           Row{"U", "Thursday, 01 January 2026 04:59:58"},
           Row{"Y", "2025 December"},
           Row{"", "12/31/2025 23:59:58"},
       }) {
    CAPTURE(row.format);
    CHECK(shown("2025-12-31T23:59:58-05:00", row.format) == row.expected);
  }
}

TEST_CASE("the offset is written as it was read") {
  CHECK(shown("2027-03-04T10:00:00+05:30", "HH zzz zz") == "10 +05:30 +05");
  CHECK(shown("2027-03-04T10:00:00-03:00", "%z K") == "-3 -03:00");
  CHECK(shown("2027-03-04T10:00:00Z", "HHK zzz") == "10Z +00:00");
  CHECK(shown("2027-03-04T10:00:00", "HHK zzz") == "10 +00:00");
}

TEST_CASE("a wrong format is named") {
  const ZonedDate date{};
  CHECK(format_date(date, "q").error() == "the date format \"q\" is no standard date format");
  CHECK(format_date(date, "dd 'x").error() ==
        "the date format \"dd 'x\" opens a quote and does not close it");
  CHECK(format_date(date, "dd\\").error() == "the date format \"dd\\\" ends with a backslash");
  CHECK(format_date(date, "d%").error() ==
        "the date format \"d%\" has a percent sign without a specifier behind it");
  CHECK(format_date(date, "ffffffff").error() ==
        "the date format \"ffffffff\" asks for more than seven digits of a second's fraction");
}

TEST_CASE("the general form is that of the service") {
  CHECK(general_date(parse_date("2027-03-04T00:07:09").value().wall) == "3/4/2027 12:07:09 AM");
  CHECK(general_date(parse_date("1999-12-31 13:00").value().wall) == "12/31/1999 1:00:00 PM");
  CHECK(general_date(DateTime{}) == "1/1/0001 12:00:00 AM");
}
