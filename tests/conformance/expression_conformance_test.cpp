#include <string>
#include <string_view>

#include "reference.h"
#include "syncwright/core/json.h"
#include "syncwright/expression/parser.h"
#include "syncwright/expression/source_tree.h"

using namespace syncwright;

namespace {

/// Documents of 2021 print a parameter as nothing: neither its own text nor its place in a call.
bool is_parameter(const Json& source) {
  const std::string name = source["name"];
  return source["type"] == "Constant" && name.starts_with("%") && name.ends_with("%");
}

Json without_parameter_texts(Json source) {
  if (is_parameter(source)) source["expression"] = nullptr;
  if (source["type"] != "Function") return source;
  std::string text = source["expression"];
  for (const char* parameter : {"%DomainFQDN%", "%DomainNetBios%"}) {
    for (std::size_t at; (at = text.find(parameter)) != std::string::npos;) {
      text.erase(at, std::string_view(parameter).size());
    }
  }
  source["expression"] = text;
  for (Json& entry : source["parameters"]) entry["value"] = without_parameter_texts(entry["value"]);
  return source;
}

/// Checks the node and, for readable failures, every node below it on its own.
int round_trip(const Json& source, bool prints_parameters) {
  const auto expression = expression::from_source_tree(source);
  if (!expression) FAIL(expression.error());
  Json written = expression::to_source_tree(*expression);
  if (!prints_parameters) written = without_parameter_texts(std::move(written));
  CHECK(written.dump() == source.dump());
  int nodes = 1;
  for (const Json& entry : source["parameters"]) {
    nodes += round_trip(entry["value"], prints_parameters);
  }
  return nodes;
}

/// The text alone must mean the same as the tree.
void check_text(const Json& source) {
  const auto parsed = expression::parse_expression(source["expression"].get<std::string>());
  const auto read = expression::from_source_tree(source);
  if (!parsed || !read) FAIL(source["expression"]);
  CHECK_MESSAGE(*parsed == *read, source["expression"]);
}

int round_trip_document(const std::string& file, bool prints_parameters) {
  const Json document = reference::load(file);
  int nodes = 0;
  for (const Json& rule : document["synchronizationRules"]) {
    for (const Json& objects : rule["objectMappings"]) {
      for (const Json& mapping : objects["attributeMappings"]) {
        if (mapping["source"].is_null()) continue;
        nodes += round_trip(mapping["source"], prints_parameters);
        if (prints_parameters) check_text(mapping["source"]);
      }
    }
  }
  return nodes;
}

}  // namespace

TEST_CASE("texts of the corpus parse or are refused") {
  if (!reference::is_there()) return;
  const Json corpus = reference::load("expressions/corpus.json");
  for (const Json& entry : corpus["mustParse"]) {
    const std::string text = entry["expression"];
    const auto parsed = expression::parse_expression(text);
    if (!parsed)
      FAIL_CHECK(text << "\nat " << parsed.error().offset << ": " << parsed.error().message);
    if (!parsed) continue;
    const auto again = expression::parse_expression(expression::render_expression(*parsed));
    CHECK_MESSAGE((again && *again == *parsed), text);
    const auto read = expression::from_source_tree(expression::to_source_tree(*parsed));
    CHECK_MESSAGE((read && *read == *parsed), text);
  }
  for (const Json& entry : corpus["mustNotParse"]) {
    const std::string text = entry["expression"];
    const auto parsed = expression::parse_expression(text);
    CHECK_MESSAGE(!parsed.has_value(), text);
    if (!parsed) CHECK_MESSAGE(!parsed.error().advice.empty(), text);
  }
}

TEST_CASE("every node of the real schemas is written as it was read") {
  if (!reference::is_there()) return;
  CHECK(round_trip_document("fixtures/schemas/salesforce-outbound-2017.json", true) > 0);
  CHECK(round_trip_document("fixtures/schemas/cloudsync-ad2aad-2021-ou-scope.json", false) > 0);
  CHECK(round_trip_document("fixtures/schemas/cloudsync-ad2aad-2025-default.json", true) > 0);
}

TEST_CASE("the documented tree of Switch is ours") {
  if (!reference::is_there()) return;
  const Json mapping =
      reference::load("fixtures/schemas/fragments/mapping-switch-issoftdeleted.json");
  CHECK(round_trip(mapping["source"], true) == 6);
}
