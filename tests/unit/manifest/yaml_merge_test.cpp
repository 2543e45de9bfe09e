#include <doctest/doctest.h>

#include "manifest/yaml/yaml_document.h"

using namespace syncwright;
using namespace syncwright::manifest;

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

TEST_CASE("what cannot stand beside a key of the upper one goes") {
  const auto secret = [](const std::string& text) {
    return "{spec: {credentials: {values: {SecretToken: " + text + "}}}}";
  };
  CHECK(laid_over(secret("{env: A}"), secret("{file: b}")) == secret("{file: b}"));
  CHECK(laid_over(secret("{command: [x]}"), secret("{env: B}")) == secret("{env: B}"));
  CHECK(laid_over(secret("{env: A}"), secret("{env: B, file: c}")) == secret("{env: B, file: c}"));
  const auto job = [](const std::string& text) {
    return "{spec: {jobs: {default: " + text + "}}}";
  };
  CHECK(laid_over(job("{state: started, schema: {}}"), job("{absent: true}")) ==
        job("{absent: true}"));
  CHECK(laid_over(job("{absent: true}"), job("{state: paused}")) == job("{state: paused}"));
  CHECK(laid_over(job("{template: t, state: paused}"), job("{id: i}")) ==
        job("{state: paused, id: i}"));
}

TEST_CASE("elsewhere the same words are keys like others") {
  CHECK(laid_over("{metadata: {labels: {env: prod}}}", "{metadata: {labels: {file: x}}}") ==
        "{metadata: {labels: {env: prod, file: x}}}");
  CHECK(laid_over("{spec: {jobs: {absent: {state: paused}}}}", "{spec: {jobs: {b: {}}}}") ==
        "{spec: {jobs: {absent: {state: paused}, b: {}}}}");
}

TEST_CASE("what is laid over brings its place along") {
  YamlNode node = parsed("a:\n  b: 1\n");
  lay_over(node, parsed("\n\n\na:\n    b: 2\n"));
  CHECK(node.entries[0].value.entries[0].key.span.line == 5);
  CHECK(node.entries[0].value.entries[0].value.span.column == 8);
}
