#include "../../../src/manifest/yaml_merge.h"

#include <doctest/doctest.h>

using namespace syncwright;

namespace {

YamlNode parsed(const std::string& yaml) {
  Diagnostics diagnostics;
  auto documents = parse_yaml(yaml, "f", diagnostics);
  REQUIRE(documents.size() == 1);
  return documents.front();
}

/// The flow form, quotes left out.
std::string written(const YamlNode& node) {
  std::string text;
  for (const YamlNode& item : node.items) text += (text.empty() ? "" : ", ") + written(item);
  if (node.kind == YamlNode::Kind::sequence) return "[" + text + "]";
  for (const YamlEntry& entry : node.entries) {
    text += (text.empty() ? "" : ", ") + entry.key.text + ": " + written(entry.value);
  }
  return node.kind == YamlNode::Kind::mapping ? "{" + text + "}" : node.text;
}

std::string laid_over(const std::string& below, const std::string& above) {
  YamlNode node = parsed(below);
  lay_over(node, parsed(above));
  return written(node);
}

}  // namespace

TEST_CASE("mappings are joined at any depth, new keys come last") {
  CHECK(laid_over("{a: {b: 1, c: {d: 2}}, e: 3}", "{a: {c: {f: 4, d: 5}}, g: 6}") ==
        "{a: {b: 1, c: {d: 5, f: 4}}, e: 3, g: 6}");
}

TEST_CASE("lists, scalars and other kinds are replaced whole") {
  CHECK(laid_over("{a: [1, 2], b: {c: 1}, d: 1}", "{a: [3], b: x, d: {e: 1}}") ==
        "{a: [3], b: x, d: {e: 1}}");
}

TEST_CASE("what is laid over brings its place along") {
  YamlNode node = parsed("a:\n  b: 1\n");
  lay_over(node, parsed("\n\n\na:\n    b: 2\n"));
  CHECK(node.entries[0].value.entries[0].key.span.line == 5);
  CHECK(node.entries[0].value.entries[0].value.span.column == 8);
}
