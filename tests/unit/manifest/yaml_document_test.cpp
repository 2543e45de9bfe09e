#include "manifest/yaml/yaml_document.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace syncwright;
using namespace syncwright::manifest;

namespace {

std::string place(const SourceSpan& span) {
  return fmt::format("{}:{}-{}", span.line, span.column, span.end_column);
}

/// The tree with its places: "{a@1:1-2: [x@1:5-6]@1:4-0}@1:1-0"; ~ is null, quotes are kept.
std::string drawn(const YamlNode& node) {
  std::string text;
  switch (node.kind) {
    case YamlNode::Kind::null:
      text = "~";
      break;
    case YamlNode::Kind::scalar:
      text = node.style == YamlNode::Style::quoted ? fmt::format("'{}'", node.text) : node.text;
      break;
    case YamlNode::Kind::sequence:
      for (const YamlNode& item : node.items) text += (text.empty() ? "" : ", ") + drawn(item);
      text = "[" + text + "]";
      break;
    case YamlNode::Kind::mapping:
      for (const YamlEntry& entry : node.entries) {
        text += (text.empty() ? "" : ", ") + drawn(entry.key) + ": " + drawn(entry.value);
      }
      text = "{" + text + "}";
      break;
  }
  return fmt::format("{}@{}", text, place(node.span));
}

std::string parsed(std::string_view text, const std::string& file = "f") {
  Diagnostics diagnostics;
  std::string result;
  for (const YamlNode& node : parse_yaml(text, file, diagnostics)) result += drawn(node) + "\n";
  for (const Diagnostic& found : diagnostics.items()) {
    result += fmt::format("{} {}:{}\n", found.code, found.where.line, found.where.column);
  }
  return result;
}

YamlNode value_of_a(std::string_view text) {
  Diagnostics diagnostics;
  const auto documents = parse_yaml(text, "f", diagnostics);
  REQUIRE(documents.size() == 1);
  const YamlNode* value = find_value(documents[0], "a");
  REQUIRE(value != nullptr);
  return *value;
}

}  // namespace

TEST_CASE("keys and values know their places, columns in characters") {
  CHECK(parsed("a: [x, 'y z']\nbé: \"q\"  # note\n") ==
        "{a@1:1-2: [x@1:5-6, 'y z'@1:8-13]@1:4-0, bé@2:1-3: 'q'@2:5-8}@1:1-0\n");
  CHECK(parsed("a:\n  - b: c\n") == "{a@1:1-2: [{b@2:5-6: c@2:8-9}@2:5-0]@2:3-0}@1:1-0\n");
}

TEST_CASE("a null without a word stands at its key or dash") {
  CHECK(parsed("a:\nb: ~\nc: null\nd:\n  -\n  - x\n") ==
        "{a@1:1-2: ~@1:1-2, b@2:1-2: ~@2:4-5, c@3:1-2: ~@3:4-8, "
        "d@4:1-2: [~@5:3-4, x@6:5-6]@5:3-0}@1:1-0\n");
}

TEST_CASE("quotes, blocks and !!str make texts") {
  CHECK(parsed("a: !!str 5\nb: |\n  x\nc: ! y\nd: !!int 5\n") ==
        "{a@1:1-2: '5'@1:10-11, b@2:1-2: 'x\n'@2:4-5, c@4:1-2: 'y'@4:6-7, "
        "d@5:1-2: 5@5:10-11}@1:1-0\n");
}

TEST_CASE("text_column tells where an offset is a column") {
  CHECK(value_of_a("a: plain").text_column == 4);
  CHECK(value_of_a("a: \"quoted\"").text_column == 5);
  CHECK(value_of_a("a: 'quoted'").text_column == 5);
  CHECK(value_of_a("a: &x !!str plain").text_column == 13);
  CHECK(value_of_a("a: \"with \\\" escape\"").text_column == 0);
  CHECK(value_of_a("a: 'it''s'").text_column == 0);
  CHECK(value_of_a("a: two\n  lines").text_column == 0);
  CHECK(value_of_a("a: |\n  block").text_column == 0);
}

TEST_CASE("columns are characters; the other two counts lie beside them") {
  const YamlNode value = value_of_a("\xEF\xBB\xBF# ä\r\nä🎉: 1\na: [\"🎉\", x]");
  REQUIRE(value.items.size() == 2);
  const SourceSpan& span = value.items[1].span;
  CHECK(place(span) == "3:10-11");
  CHECK(span.utf16.column == 11);
  CHECK(span.bytes.offset == 3 + 6 + 10 + 12);
  CHECK(text_start(value.items[0]).column == 6);
}

TEST_CASE("several documents, empty ones left out; byte order mark and CRLF") {
  CHECK(parsed("---\na: 1\n---\n---\n# nothing\n---\nb: 2\n...\n---\n") ==
        "{a@2:1-2: 1@2:4-5}@2:1-0\n{b@7:1-2: 2@7:4-5}@7:1-0\n");
  CHECK(parsed("\xEF\xBB\xBF"
               "a: 1\r\nb: 2\r\n") == "{a@1:1-2: 1@1:4-5, b@2:1-2: 2@2:4-5}@1:1-0\n");
  CHECK(parsed("").empty());
  CHECK(parsed("# comment\n").empty());
}

TEST_CASE("aliases are copies with the place of what they stand for") {
  CHECK(parsed("a: &x [1]\nb: *x\n") ==
        "{a@1:1-2: [1@1:8-9]@1:4-0, b@2:1-2: [1@1:8-9]@1:4-0}@1:1-0\n");
  CHECK(parsed("a: &x [*x]\n") == "SW0101 1:8\n");
}

TEST_CASE("duplicate keys are found wherever they are") {
  CHECK(parsed("a: 1\nb: {c: 1, d: 2, 'c': 3}\na: 2\n").ends_with("SW0102 2:17\nSW0102 3:1\n"));
}

TEST_CASE("what yaml-cpp lets pass") {
  CHECK(parsed("a: \"open\nb: c\n") == "SW0101 1:4\n");
  CHECK(parsed("a: 'it''s\n") == "SW0101 1:4\n");
  CHECK(parsed("<<: {a: b}\n").ends_with("SW0105 1:1\n"));
  CHECK(parsed("'<<': {a: b}\n").find("SW0105") == std::string::npos);
  CHECK(parsed("a: !include b\n") == "SW0108 1:4\n");
  CHECK(parsed("a: !!binary b\n") == "SW0108 1:4\n");
  CHECK(parsed("{a: b}: c\n") == "SW1002 1:1\n");
  CHECK(parsed("[c|\n],\n ").ends_with("SW0101 2:2\n"));
}

TEST_CASE("syntax errors have the place where the parser stopped") {
  CHECK(parsed("a: b: c\n") == "SW0101 1:5\n");
  CHECK(parsed("a: [b\n") == "SW0101 2:1\n");
  CHECK(parsed("a:\n\tb: c\n") == "SW0101 2:1\n");
  CHECK(parsed("a: *nobody\n") == "SW0101 1:4\n");
  CHECK(parsed("a: @b\n") == "SW0101 1:4\n");
  CHECK(parsed("a: \"\\q\"\n") == "SW0101 1:7\n");
}

TEST_CASE("bytes that are no text") {
  CHECK(parsed("a: \xFF\n") == "SW0106 1:4\n");
  CHECK(parsed(std::string_view("a: \0\n", 5)) == "SW0106 1:4\n");
  CHECK(parsed("a: 1\nb: \x1B[1m\n") == "SW0106 2:4\n");
  CHECK(parsed(std::string(kMaxManifestBytes + 1, ' ')) == "SW0106 0:0\n");
}

TEST_CASE("depth is bounded, through aliases too") {
  const std::string deep = std::string(63, '[') + std::string(63, ']');
  CHECK(parsed("a: " + deep).find("SW") == std::string::npos);
  CHECK(parsed("a: [" + deep + "]") == "SW0104 1:67\n");
  CHECK(parsed("a: &x " + deep + "\nb: [*x]\n") == "SW0104 2:5\n");
  const std::string open = parsed("a: " + std::string(20'000, '['));
  CHECK(open.starts_with("SW0104 1:"));
  CHECK(open.size() < 15);
}

TEST_CASE("brackets are counted before the parser keeps them") {
  const std::string bomb(1u << 20u, '[');
  CHECK(parsed(bomb) == "SW0104 1:65\n");
  CHECK(parsed("a: |\n  " + bomb + "\nb: [" + bomb) == "SW0104 3:67\n");
  const std::string braces(1u << 20u, '{');
  CHECK(parsed(braces) == "SW0104 1:65\n");
  std::string hidden;  // closing brackets that close nothing
  for (int level = 0; level < 200'000; ++level) hidden += "[']', ";
  CHECK(parsed(hidden).starts_with("SW0104 1:"));
  for (const std::string& text :
       {"a: |\n  " + bomb + "\n", "a: '" + bomb + "'\n", "a: b # " + bomb + "\n",
        "a: b\n  " + bomb + "\n", "a: it's " + bomb + "\n"}) {
    CHECK(parsed(text).find("SW") == std::string::npos);
  }
}

TEST_CASE("documents that end before a fault are there to be checked") {
  CHECK(parsed("a: 1\n---\nb: [\n") == "{a@1:1-2: 1@1:4-5}@1:1-0\nSW0101 4:1\n");
  CHECK(parsed("a: 1\n---\nb: !x 1\n") == "{a@1:1-2: 1@1:4-5}@1:1-0\nSW0108 3:4\n");
}

TEST_CASE("an alias bomb is refused by count and by bytes") {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x]\n";
  for (int level = 1; level < 30; ++level) {
    bomb += fmt::format("a{0}: &a{0} [*a{1}, *a{1}, *a{1}, *a{1}]\n", level, level - 1);
  }
  CHECK(parsed(bomb).starts_with("SW0103 "));

  std::string fat = "a: &a " + std::string(1 << 20, 'x') + "\nb: [";
  for (int use = 0; use < 16; ++use) fat += "*a, ";
  CHECK(parsed(fat + "x]\n").starts_with("SW0103 2:"));
}

TEST_CASE("what anchors keep is counted: nested ones hold their leaves over and over") {
  const auto nested = [](int levels) {
    std::string text = "a: ";
    for (int level = 0; level < levels; ++level) text += fmt::format("&a{} [", level);
    for (int leaf = 0; leaf < 5'000; ++leaf) text += "x,";
    return text + std::string(static_cast<std::size_t>(levels), ']') + "\n";
  };
  CHECK(parsed(nested(3)).find("SW0103") == std::string::npos);
  CHECK(parsed(nested(60)).starts_with("SW0103 1:"));
}

TEST_CASE("two escapes of a JSON file are one character, and what follows keeps its place") {
  const char* text = "{\"a\": \"x\\ud83c\\udf89y\\uD83D\\uDE00\", \"b\": [1, 2]}\n";
  CHECK(parsed(text, "f.json") ==
        "{'a'@1:2-5: 'x\xF0\x9F\x8E\x89y\xF0\x9F\x98\x80'@1:7-35, 'b'@1:37-40: "
        "[1@1:43-44, 2@1:46-47]@1:42-0}@1:1-0\n");
  CHECK(parsed("[\"\\ud83c\\udf89\", \"\\\\ud83c\\u0041\", ]]", "f.json").ends_with(":36\n"));
  CHECK(parsed("[\"\\ud83c\"]", "f.json") == "SW0101 1:3\n");
  CHECK(parsed("[\"\\\\ud83c\\\\udf89\"]", "f.json") == "['\\ud83c\\udf89'@1:2-18]@1:1-0\n");
  CHECK(parsed("a: '\\ud83c\\udf89'\n") == "{a@1:1-2: '\\ud83c\\udf89'@1:4-18}@1:1-0\n");
}
