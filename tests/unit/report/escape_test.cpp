#include "syncwright/report/escape.h"

#include <doctest/doctest.h>

using syncwright::report::escape_terminal;

TEST_CASE("what steers or deceives a terminal is spelled out, everything else stays") {
  CHECK(escape_terminal("Zoë → 東京 🙂") == "Zoë → 東京 🙂");
  CHECK(escape_terminal("a\nb\r\tc") == "a\\nb\\r\\tc");
  CHECK(escape_terminal(std::string("\x1b[2J\0\x7f", 6)) == "\\x1b[2J\\x00\\x7f");
  CHECK(escape_terminal("\xc2\x9b"
                        "31m") == "\\u009b31m");
  CHECK(escape_terminal("abc\xe2\x80\xae"
                        "fdp") == "abc\\u202efdp");
  CHECK(escape_terminal("zero\xe2\x80\x8bwidth") == "zero\\u200bwidth");
}

TEST_CASE("bytes that are no UTF-8 are shown as bytes") {
  CHECK(escape_terminal("\xff\xfe") == "\\xff\\xfe");
  CHECK(escape_terminal("\xc0\xaf") == "\\xc0\\xaf");           // overlong
  CHECK(escape_terminal("\xed\xa0\x80") == "\\xed\\xa0\\x80");  // surrogate
  CHECK(escape_terminal("\xe2\x82") == "\\xe2\\x82");           // cut off
}
