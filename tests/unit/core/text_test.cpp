#include "syncwright/core/text.h"

#include <doctest/doctest.h>

#include <string_view>

using namespace syncwright;

TEST_CASE("the code point at the start of a text is read") {
  const auto is = [](std::string_view text, std::uint32_t value, std::size_t length) {
    const CodePoint point = decode_utf8(text);
    return point.valid && point.value == value && point.length == length;
  };
  CHECK(is("ab", 'a', 1));
  CHECK(is("\x7f", 0x7f, 1));
  CHECK(is("\xc2\x80", 0x80, 2));
  CHECK(is("\xe0\xa0\x80z", 0x800, 3));
  CHECK(is("\xef\xbf\xbf", 0xffff, 3));
  CHECK(is("\xf0\x90\x80\x80", 0x10000, 4));
  CHECK(is("\xf4\x8f\xbf\xbf", 0x10ffff, 4));
}

TEST_CASE("what RFC 3629 forbids is invalid and one byte long") {
  for (const char* text :
       {"\x80", "\xc1\xbf", "\xc3", "\xc3z", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\xff"}) {
    CAPTURE(text);
    CHECK_FALSE(decode_utf8(text).valid);
    CHECK(decode_utf8(text).length == 1);
  }
}

TEST_CASE("characters are counted, and stray bytes one by one") {
  CHECK(character_count("") == 0);
  CHECK(character_count("a\xC3\xA9\xF0\x9F\x9A\x80") == 3);
  CHECK(character_count("\xFF\xC3") == 2);
}

TEST_CASE("a text is split at its line feeds") {
  CHECK(split_lines("") == std::vector<std::string>{""});
  CHECK(split_lines("one") == std::vector<std::string>{"one"});
  CHECK(split_lines("one\r\n\n two\n") == std::vector<std::string>{"one\r", "", " two", ""});
}

TEST_CASE("the first byte that is not UTF-8 is found") {
  CHECK_FALSE(find_invalid_utf8("").has_value());
  CHECK_FALSE(find_invalid_utf8("a\xC3\xA9\xF0\x9F\x9A\x80").has_value());
  CHECK(find_invalid_utf8("a\xC3\xA9\xFF\xFF") == 3);
  CHECK(find_invalid_utf8("ab\xC3") == 2);
}
