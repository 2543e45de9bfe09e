#include "syncwright/report/style.h"

#include <doctest/doctest.h>

using namespace syncwright;
using namespace syncwright::report;

namespace {

Style terminal(int width) {
  Style style;
  style.terminal = true;
  style.width = width;
  return style;
}

}  // namespace

TEST_CASE("a terminal gets no line that it would break in the middle of a word") {
  const Style style = terminal(20);
  CHECK(style.fit("one two three four") == "one two three four");
  CHECK(style.fit("one two three four five") == "one two three four\n    five");
  CHECK(style.fit("  one two three four five six", 2) == "  one two three four\n    five six");
  CHECK(style.fit("x yyyyyyyyyyyyyyyyyyyyyyyyyyyy z") ==
        "x\n    yyyyyyyyyyyyyyyyyyyyyyyyyyyy\n    z");
  CHECK(style.fit("        yyyyyyyyyyyyyyyyyyyy") == "        yyyyyyyyyyyyyyyyyyyy");
  CHECK(style.fit("") == "");
}

TEST_CASE("colours take no room") {
  const Style style = terminal(12);
  CHECK(style.fit("\x1b[1mone\x1b[0m \x1b[31mtwo four\x1b[0m") ==
        "\x1b[1mone\x1b[0m \x1b[31mtwo four\x1b[0m");
  CHECK(style.fit("\x1b[1mone\x1b[0m \x1b[31mtwo three\x1b[0m", 1) ==
        "\x1b[1mone\x1b[0m \x1b[31mtwo\n three\x1b[0m");
}

TEST_CASE("in a pipe a line stays a line") {
  Style style;
  style.width = 10;
  CHECK(style.fit("one two three four") == "one two three four");
}
