#include "manifest/interpolation.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace syncwright;
using namespace syncwright::manifest;

namespace {

const Variables variables{
    {"name", "contoso"}, {"empty", ""}, {"tricky", "${var.name} $${var.name}"}};

/// The value of `a`, or the faults.
std::string replaced(const std::string& yaml) {
  Diagnostics diagnostics;
  auto documents = parse_yaml(yaml, "f", diagnostics);
  REQUIRE(documents.size() == 1);
  interpolate(documents[0], variables, "f", diagnostics);
  std::string faults;
  for (const Diagnostic& found : diagnostics.items()) {
    faults += fmt::format("{} {}:{}-{} {}\n", found.code, found.where.line, found.where.column,
                          found.where.end_column, found.advice);
  }
  return faults.empty() ? find_value(documents[0], "a")->text : faults;
}

YamlNode::Style style_of(const std::string& yaml) {
  Diagnostics diagnostics;
  auto documents = parse_yaml(yaml, "f", diagnostics);
  REQUIRE(documents.size() == 1);
  interpolate(documents[0], variables, "f", diagnostics);
  return find_value(documents[0], "a")->style;
}

}  // namespace

TEST_CASE("references are replaced in one pass") {
  CHECK(replaced("a: ${var.name}") == "contoso");
  CHECK(replaced("a: x ${var.name}-${var.name}${var.empty} y") == "x contoso-contoso y");
  CHECK(replaced("a: ${var.tricky}") == "${var.name} $${var.name}");
}

TEST_CASE("what is no reference stays as it is") {
  CHECK(replaced("a: $${var.name}") == "${var.name}");
  CHECK(replaced("a: $${each.name} $$${var.name}") == "${each.name} $${var.name}");
  CHECK(replaced("a: ${user}@${domain} $5 ${variable} $ ${") ==
        "${user}@${domain} $5 ${variable} $ ${");
  CHECK(replaced("a: $$ $${user}") == "$$ $${user}");
}

TEST_CASE("one whole reference takes any type, a part makes a text") {
  CHECK(style_of("a: ${var.name}") == YamlNode::Style::variable);
  CHECK(style_of("a: \"${var.name}\"") == YamlNode::Style::variable);
  CHECK(style_of("a: ${var.name}1") == YamlNode::Style::quoted);
  CHECK(style_of("a: 1${var.empty}") == YamlNode::Style::quoted);
  CHECK(style_of("a: 1") == YamlNode::Style::plain);
  CHECK(style_of("a: ${var.nobody}") == YamlNode::Style::unresolved);
  CHECK(style_of("a: $${var.name}") == YamlNode::Style::quoted);
}

TEST_CASE("faults stand at the reference, with advice") {
  CHECK(replaced("a: x ${var.nam}") == "SW2002 1:6-16 did you mean `name`?\n");
  CHECK(replaced("a: \"\\t${var.zzz}\"") ==
        "SW2002 1:4-18 give it with --var zzz=VALUE or --var-file\n");
  CHECK(replaced("a: ${var.}").starts_with("SW2003 1:4-11 "));
  CHECK(replaced("a: ${var.a b}").starts_with("SW2003 1:4-14 "));
  CHECK(replaced("a: ${var.open").starts_with("SW2003 1:4-14 "));
  CHECK(replaced("a: ${each.x}").starts_with("SW2003 1:4-13 "));
}

TEST_CASE("keys are replaced, kind and apiVersion are not") {
  CHECK(replaced("b:\n  ${var.zzz}: 1\na: 1").starts_with("SW2002 2:3-13 "));
  CHECK(replaced("kind: ${var.zzz}\napiVersion: ${var.zzz}\na: 1") == "1");
  CHECK(replaced("b:\n  contoso: 1\n  ${var.name}: 2\na: 1").starts_with("SW0102 3:3-14"));
}

TEST_CASE("a short file that repeats a long value is bounded") {
  Variables large{{"x", std::string(1 << 20, 'x')}};
  std::string yaml = "a: [";
  for (int use = 0; use < 17; ++use) yaml += "\"${var.x}\", ";
  Diagnostics diagnostics;
  auto documents = parse_yaml(yaml + "x]", "f", diagnostics);
  REQUIRE(documents.size() == 1);
  interpolate(documents[0], large, "f", diagnostics);
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics.items()[0].code == Code::SW0103);
}

TEST_CASE("names of variables") {
  CHECK(is_variable_name("a"));
  CHECK(is_variable_name("Scim-Url_2"));
  for (const char* bad : {"", "1a", "_a", "a.b", "a b", "ä"}) CHECK_FALSE(is_variable_name(bad));
}
