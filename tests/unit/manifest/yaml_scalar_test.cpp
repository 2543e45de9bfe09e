#include <doctest/doctest.h>

#include "manifest/yaml/yaml_node.h"

using namespace syncwright;
using namespace syncwright::manifest;

namespace {

YamlNode plain(const char* text) {
  YamlNode node;
  node.kind = YamlNode::Kind::scalar;
  node.text = text;
  return node;
}

}  // namespace

TEST_CASE("YAML 1.2's core schema") {
  for (const char* text : {"true", "True", "FALSE"}) {
    CAPTURE(text);
    CHECK(core_type(plain(text)) == ScalarType::boolean);
  }
  for (const char* text : {"0", "-1", "+7", "0755", "0o17", "0xFF"}) {
    CAPTURE(text);
    CHECK(core_type(plain(text)) == ScalarType::integer);
  }
  for (const char* text :
       {"1.5", ".5", "1.", "1e3", "-2E-7", ".inf", "-.Inf", ".nan", "99999999999999999999"}) {
    CAPTURE(text);
    CHECK(core_type(plain(text)) == ScalarType::number);
  }
  for (const char* text : {"yes", "no", "on", "tRUE", "2026-11-22", "1:30", "1e", "e3", ".", "-",
                           "1.2.3", "0x", "0x-1", "--1", "+-1", "", "[mail]", "1_000"}) {
    CAPTURE(text);
    CHECK(core_type(plain(text)) == ScalarType::text);
  }
}

TEST_CASE("quotes and variables make texts") {
  YamlNode node = plain("true");
  node.style = YamlNode::Style::quoted;
  CHECK(core_type(node) == ScalarType::text);
  node.style = YamlNode::Style::variable;
  CHECK(core_type(node) == ScalarType::text);
}

TEST_CASE("whole numbers in three bases") {
  CHECK(parse_integer("0755") == 755);
  CHECK(parse_integer("0o17") == 15);
  CHECK(parse_integer("0xfF") == 255);
  CHECK(parse_integer("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
  CHECK(parse_integer("9223372036854775808") == std::nullopt);
  CHECK(parse_integer("1 ") == std::nullopt);
}

TEST_CASE("texts that YAML 1.1 reads otherwise") {
  for (const char* text : {"yes", "No", "ON", "off", "2026-11-22", "2026-1-2",
                           "2026-11-22T10:00:00Z", "1:30", "22:30:00", "1_000"}) {
    CAPTURE(text);
    CHECK(differs_in_yaml_1_1(plain(text)));
  }
  for (const char* text : {"true", "5", "y", "N", "2026-11", "10.0.0.1", "1:x", "https://a:8",
                           "a_1", "12-34-56", "2026-11-22-beta", ""}) {
    CAPTURE(text);
    CHECK_FALSE(differs_in_yaml_1_1(plain(text)));
  }
  YamlNode quoted = plain("no");
  quoted.style = YamlNode::Style::quoted;
  CHECK_FALSE(differs_in_yaml_1_1(quoted));
}
