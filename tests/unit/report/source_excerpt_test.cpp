#include "report/text/source_excerpt.h"

#include <doctest/doctest.h>

#include <string>

namespace syncwright::report {
namespace {

/// The line, and under it the caret, for the first `part` of the source.
std::string pointed_at(std::string_view source, std::string_view part, std::size_t width = 40) {
  const std::size_t at = source.find(part);
  const SourceRange where = source_range("f", LineIndex(source).span(at, at + part.size()));
  const SourceExcerpt found = excerpt(source, where, width, "...");
  return found.line + "\n" + std::string(found.caret, ' ') + std::string(found.caret_length, '^');
}

TEST_CASE("the caret stands under its character, however wide those before it are") {
  CHECK(pointed_at("ä: [x]", "x") == "ä: [x]\n    ^");
  CHECK(pointed_at("🎉: [x]", "x") == "🎉: [x]\n     ^");
  CHECK(pointed_at("日本: xyz", "xyz") == "日本: xyz\n      ^^^");
  CHECK(pointed_at("\tä: x", "x") == " ä: x\n    ^");
  CHECK(pointed_at("a\r\nä: x\r\n", "x") == "ä: x\n   ^");
}

TEST_CASE("a byte order mark is no part of the first line") {
  const SourceExcerpt found = excerpt(
      "\xEF\xBB\xBF"
      "api: @x\n",
      {"f", 1, 6, 0}, 40, "...");
  CHECK(found.line == "api: @x");
  CHECK(found.caret == 5);
}

TEST_CASE("wide characters have a wide caret; a combining mark is under its letter") {
  CHECK(pointed_at("a: 日本", "日本") == "a: 日本\n   ^^^^");
  CHECK(pointed_at("e\xCC\x81: x", "x") == "e\xCC\x81: x\n   ^");
  CHECK(pointed_at("be\xCC\x81", "\xCC\x81") == "be\xCC\x81\n ^");
}

TEST_CASE("a place far into a long line of wide characters is still pointed at") {
  std::string source;
  for (int i = 0; i < 400; ++i) source += "ä";
  const std::string shown = pointed_at(source + "x", "x");
  const std::string line = shown.substr(0, shown.find('\n'));
  CHECK(line.ends_with("äx"));
  CHECK(line.starts_with("..."));
  CHECK(shown.ends_with(" ^"));
}

}  // namespace
}  // namespace syncwright::report
