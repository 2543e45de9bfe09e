#include "syncwright/core/source_range.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace syncwright {
namespace {

/// "line:column-end, UTF-16 columns, offset+length".
std::string all_of(const SourceSpan& span) {
  return fmt::format("{}:{}-{} {}-{} {}+{}", span.line, span.column, span.end_column,
                     span.utf16.column, span.utf16.end_column, span.bytes.offset,
                     span.bytes.length);
}

/// Of the first `part` of the text.
std::string place_of(std::string_view text, std::string_view part) {
  const std::size_t begin = text.find(part);
  REQUIRE(begin != std::string_view::npos);
  return all_of(LineIndex(text).span(begin, begin + part.size()));
}

constexpr std::string_view kUmlaut = "\xC3\xA4";         // one character, two bytes
constexpr std::string_view kEmoji = "\xF0\x9F\x8E\x89";  // one character, two UTF-16 units
constexpr std::string_view kCombining = "e\xCC\x81";     // a letter and its accent: two characters

TEST_CASE("columns are characters; UTF-16 and bytes are counted beside them") {
  CHECK(place_of(fmt::format("{}x", kUmlaut), "x") == "1:2-3 2-3 2+1");
  CHECK(place_of(fmt::format("{}x", kEmoji), "x") == "1:2-3 3-4 4+1");
  CHECK(place_of(fmt::format("{}x", kCombining), "x") == "1:3-4 3-4 3+1");
  CHECK(place_of("\tx", "x") == "1:2-3 2-3 1+1");
  CHECK(place_of(fmt::format("a {} b", kEmoji), kEmoji) == "1:3-4 3-5 2+4");
}

TEST_CASE("lines end with LF or CRLF, and no place reaches beyond its line") {
  const std::string text = fmt::format("{0}\r\n{0}b\r\nc", kUmlaut);
  CHECK(place_of(text, "b") == "2:2-3 2-3 6+1");
  CHECK(place_of(text, "b\r\nc") == "2:2-3 2-3 6+1");
  CHECK(place_of(text, "c") == "3:1-2 1-2 9+1");
  CHECK(all_of(LineIndex(text).span(400, 401)) == "3:2-0 2-0 10+0");
  CHECK(all_of(LineIndex("").span(0, 1)) == "1:1-0 1-0 0+0");
}

TEST_CASE("a byte within a character means the character; a byte order mark is no column") {
  CHECK(all_of(LineIndex(kEmoji).span(2, 3)) == "1:1-2 1-3 0+4");
  std::string_view marked =
      "\xEF\xBB\xBF"
      "ab";
  const std::size_t mark = remove_byte_order_mark(marked);
  CHECK(all_of(LineIndex(marked, mark).span(1, 2)) == "1:2-3 2-3 4+1");
  CHECK(remove_byte_order_mark(marked) == 0);
}

TEST_CASE("far into a long line the counts are the same as from its start") {
  std::string text = "first\n";
  for (int round = 0; round < 100; ++round) text += fmt::format("{}{}a", kUmlaut, kEmoji);
  const LineIndex lines(text);
  for (std::size_t round = 0; round < 100; ++round) {
    const std::size_t at = 6 + 7 * round + 6;
    CHECK(all_of(lines.span(at, at + 1)) == fmt::format("2:{}-{} {}-{} {}+1", 3 * round + 3,
                                                        3 * round + 4, 4 * round + 4, 4 * round + 5,
                                                        at));
  }
}

TEST_CASE("within a scalar, places are counted from where it starts") {
  const SourceSpan start = LineIndex("\n  abc").span(3, 3);
  const std::string before = fmt::format("{}{}", kUmlaut, kEmoji);
  CHECK(all_of(position_behind(start, before)) == "2:5-0 6-0 9+0");
  CHECK(all_of(span_of(start, before)) == "2:3-5 3-6 3+6");
  CHECK(all_of(span_of(start, "")) == "2:3-0 3-0 3+0");
}

TEST_CASE("a column is found again in its line") {
  const std::string line = fmt::format("{}{}a", kUmlaut, kEmoji);
  CHECK(byte_in_line(line, 0) == 0);
  CHECK(byte_in_line(line, 1) == 0);
  CHECK(byte_in_line(line, 2) == 2);
  CHECK(byte_in_line(line, 3) == 6);
  CHECK(byte_in_line(line, 9) == line.size());
}

TEST_CASE("places are equal by what users are shown") {
  const SourceRange counted = source_range("a.yaml", LineIndex("ab").span(1, 2));
  CHECK(counted == SourceRange{"a.yaml", 1, 2, 3});
  CHECK(counted.bytes.offset == 1);
  CHECK_FALSE(counted == SourceRange{"b.yaml", 1, 2, 3});
}

}  // namespace
}  // namespace syncwright
