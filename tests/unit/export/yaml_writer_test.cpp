#include "export/yaml_writer.h"

#include <doctest/doctest.h>

#include <random>
#include <string>

#include "manifest/yaml/yaml_document.h"

using namespace syncwright;
using namespace syncwright::exporting;

namespace {

using Kind = YamlOutput::Kind;

const std::vector<std::string>& odd_texts() {
  static const std::vector<std::string> texts = {"",
                                                 " ",
                                                 "~",
                                                 "null",
                                                 "Null",
                                                 "yes",
                                                 "NO",
                                                 "on",
                                                 "Off",
                                                 "y",
                                                 "true",
                                                 "FALSE",
                                                 "123",
                                                 "1e3",
                                                 "0x1",
                                                 "0o7",
                                                 "-1",
                                                 "+1",
                                                 ".5",
                                                 "1_000",
                                                 "1:30",
                                                 "2026-11-22",
                                                 ".inf",
                                                 "nan",
                                                 "- a",
                                                 "-",
                                                 "---",
                                                 "...",
                                                 "?",
                                                 "? a",
                                                 ": a",
                                                 "a: b",
                                                 "a:",
                                                 "a #b",
                                                 "#a",
                                                 "a,b",
                                                 "[mail]",
                                                 "{a}",
                                                 "!a",
                                                 "&a",
                                                 "*a",
                                                 "|",
                                                 ">",
                                                 "%a",
                                                 "@a",
                                                 "`a",
                                                 "'a'",
                                                 "\"a\"",
                                                 "a'b",
                                                 "a\"b",
                                                 "a\\b",
                                                 " a",
                                                 "a ",
                                                 "a\nb",
                                                 "\n",
                                                 "a\r\nb",
                                                 "\ta",
                                                 "a\tb",
                                                 "\x01",
                                                 "\x7f",
                                                 "\xC2\x85",
                                                 "\xC2\xA0",
                                                 "\xE2\x80\xA8",
                                                 "\xEF\xBB\xBF",
                                                 "Zürich",
                                                 "日本",
                                                 "😀",
                                                 "<<",
                                                 "=",
                                                 "a=b",
                                                 "https://scim.example.com/v2/?a=b&c=d",
                                                 "urn:ietf:params:scim:2.0:User:x",
                                                 "emails[type eq \"work\"].value",
                                                 "IIF([a]=\"\", \"\\\", 'x')",
                                                 "00000000-0000-0000-0000-000000000000",
                                                 "a  b",
                                                 "${var.x}",
                                                 "$${var.x}",
                                                 std::string("a\0b", 3)};
  return texts;
}

std::string read_scalar(const std::string& written) {
  Diagnostics diagnostics;
  const auto documents = manifest::parse_yaml("key: " + written + "\n", "t.yaml", diagnostics);
  REQUIRE_MESSAGE(diagnostics.empty(), written);
  REQUIRE(documents.size() == 1);
  const manifest::YamlNode* value = find_value(documents.front(), "key");
  REQUIRE(value != nullptr);
  REQUIRE_MESSAGE(value->kind == manifest::YamlNode::Kind::scalar, written);
  return value->text;
}

void check_same(const manifest::YamlNode& read, const YamlOutput& given) {
  switch (given.kind) {
    case Kind::text:
    case Kind::literal:
      REQUIRE(read.kind == manifest::YamlNode::Kind::scalar);
      REQUIRE(read.text == given.text);
      return;
    case Kind::sequence:
      REQUIRE(read.kind == manifest::YamlNode::Kind::sequence);
      REQUIRE(read.items.size() == given.items.size());
      for (std::size_t i = 0; i < given.items.size(); ++i) {
        check_same(read.items[i], given.items[i]);
      }
      return;
    case Kind::mapping:
      REQUIRE(read.kind == manifest::YamlNode::Kind::mapping);
      REQUIRE(read.entries.size() == given.entries.size());
      for (std::size_t i = 0; i < given.entries.size(); ++i) {
        REQUIRE(read.entries[i].key.text == given.entries[i].key);
        check_same(read.entries[i].value, given.entries[i].value);
      }
      return;
    case Kind::comment:
      return;
  }
}

class RandomOutput {
 public:
  explicit RandomOutput(std::uint32_t seed) : random_(seed) {}

  YamlOutput collection(int depth) {
    YamlOutput value = below(2) == 0 ? yaml_sequence() : yaml_mapping();
    value.one_line = below(3) == 0;
    const std::uint32_t size = below(5);
    for (std::uint32_t i = 0; i < size; ++i) {
      YamlOutput member = depth > 0 && below(2) == 0 ? collection(depth - 1) : scalar();
      if (below(4) == 0) member.comment = text();
      if (value.kind == Kind::sequence) {
        value.items.push_back(std::move(member));
      } else {
        const std::string longer(below(20) == 0 ? 900 + below(300) : 0, 'k');
        value.add(std::to_string(i) + text() + longer, std::move(member));
      }
    }
    return value;
  }

 private:
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(random_()) % bound; }

  YamlOutput scalar() {
    if (below(5) == 0) return yaml_literal(below(2) == 0 ? "true" : "500");
    return below(2) == 0 ? yaml_text(text()) : yaml_quoted_text(text());
  }

  std::string text() {
    if (below(2) == 0) return odd_texts()[below(static_cast<std::uint32_t>(odd_texts().size()))];
    static const std::string alphabet = "ab1 :#-,[]{}'\"\\\n\t&*!|>%@`?=~./$";
    std::string result;
    const std::uint32_t size = below(12);
    for (std::uint32_t i = 0; i < size; ++i) {
      result += alphabet[below(static_cast<std::uint32_t>(alphabet.size()))];
    }
    return result;
  }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("every text comes back as it was, and no reader takes it for anything else") {
  for (const std::string& text : odd_texts()) {
    CAPTURE(text);
    CHECK(read_scalar(yaml_scalar(text)) == text);
    CHECK(read_scalar(yaml_scalar(text, true)) == text);
    CHECK(yaml_scalar(text, true).find_first_of("\"'") == 0);
  }
}

TEST_CASE("a text is quoted where it could be anything else, and only there") {
  for (const char* text : {"Salesforce Contoso", "idm@contoso.com", "https://scim.example.com/v2",
                           "/a/b", "_a", "urn:ietf:params:scim:2.0:User", "Zürich", "a's", "EQUALS",
                           "IS NOT NULL", "8b1025e4-1dd2-430b-a150-2ef79cd700f5", "AT&T (US)"}) {
    CHECK(yaml_scalar(text) == text);
  }
  CHECK(yaml_scalar("yes") == "\"yes\"");
  CHECK(yaml_scalar("123") == "\"123\"");
  CHECK(yaml_scalar("2026-11-22") == "\"2026-11-22\"");
  CHECK(yaml_scalar("") == "\"\"");
  CHECK(yaml_scalar("[mail]", true) == "\"[mail]\"");
  CHECK(yaml_scalar("Join(\"-\", [a])", true) == "'Join(\"-\", [a])'");
  CHECK(yaml_scalar("'\"") == "'''\"'");
  CHECK(yaml_scalar("a\"\n") == "\"a\\\"\\n\"");
  CHECK(yaml_scalar("\x01\xE2\x80\xA8\xFF") == "\"\\x01\\u2028\\uFFFD\"");
}

TEST_CASE("blocks, lines and comments") {
  YamlOutput document = yaml_mapping();
  document.comment = "the head";
  document.add("kind", yaml_text("Application"));
  YamlOutput& spec = document.add("spec", yaml_mapping());
  spec.add("members",
           yaml_sequence({yaml_line({{"group", yaml_text("Sales")}, {"role", yaml_text("User")}}),
                          yaml_mapping({{"a", yaml_literal("1")}, {"b", yaml_sequence()}})}));
  spec.note("two\nlines");
  YamlOutput commented = yaml_quoted_text("x");
  commented.comment = "above\x1b[31m it";
  spec.add("last", std::move(commented));
  CHECK(write_yaml(document) ==
        "# the head\n"
        "kind: Application\n"
        "spec:\n"
        "  members:\n"
        "    - {group: Sales, role: User}\n"
        "    - a: 1\n"
        "      b: []\n"
        "  # two\n"
        "  # lines\n"
        "  # above [31m it\n"
        "  last: \"x\"\n");
  CHECK(yaml_flow(spec) == "{members: [{group: Sales, role: User}, {a: 1, b: []}], last: \"x\"}");
}

TEST_CASE("a line that would be too long becomes a block") {
  const std::string text(120, 'a');
  CHECK(write_yaml(yaml_mapping({{"k", yaml_line({{"b", yaml_text(text)}})}})) ==
        "k:\n  b: " + text + "\n");
}

TEST_CASE("a key that is longer than a parser looks for its colon has a question mark") {
  CHECK(write_yaml(yaml_mapping({{std::string(1024, 'k'), yaml_text("v")}})) ==
        std::string(1024, 'k') + ": v\n");
  const std::string key(1025, 'k');
  YamlOutput entry = yaml_mapping({{key, yaml_text("v")}});
  CHECK(write_yaml(entry) == "? " + key + "\n: v\n");
  YamlOutput document = yaml_mapping();
  document.add("list",
               yaml_sequence({entry, yaml_line({{key, yaml_line({{"a", yaml_text("b")}})}})}));
  document.add(key, yaml_mapping({{key + "\n", yaml_sequence({yaml_text("x")})}, {"b", entry}}));
  const std::string text = write_yaml(document);
  CAPTURE(text);
  Diagnostics diagnostics;
  const auto documents = manifest::parse_yaml(text, "t.yaml", diagnostics);
  REQUIRE(diagnostics.empty());
  REQUIRE(documents.size() == 1);
  check_same(documents.front(), document);
}

TEST_CASE("whatever is written is read back") {
  for (std::uint32_t seed = 0; seed < 1500; ++seed) {
    const YamlOutput given = RandomOutput(seed).collection(4);
    const std::string text = write_yaml(given);
    CAPTURE(seed);
    CAPTURE(text);
    Diagnostics diagnostics;
    const auto documents = manifest::parse_yaml(text, "t.yaml", diagnostics);
    const std::string fault = diagnostics.empty() ? "" : diagnostics.items().front().message;
    REQUIRE(fault == "");
    REQUIRE(documents.size() == 1);
    check_same(documents.front(), given);
  }
}
