#include "unit/schema/sample_schema.h"

using namespace syncwright;
using namespace syncwright::schema;

namespace {

/// The sample, whose mapping of CompanyName has this source, with `expression` for LocaleKey: the
/// keys of the new source's parameters.
std::vector<std::string> keys_written(std::string_view live_source, std::string_view expression) {
  const auto base =
      decoded(replaced(sample_text(), R"({"name": "company", "type": "Attribute"})", live_source));
  const Customization customization = wish("User", {mapping("LocaleKey", expression)});
  const auto result = laid_over(base, customization);
  CHECK(laid_over(result, customization).text() == result.text());
  const auto& mappings = result.rules()[0].object_mappings[0].attribute_mappings;
  const auto written = parse_json(result.slice(mappings.back().source_span));
  REQUIRE(written.has_value());
  std::vector<std::string> keys;
  for (const Json& parameter : (*written)["parameters"]) keys.push_back(parameter["key"]);
  return keys;
}

using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE("proven keys come from the table, whatever a document says") {
  CHECK(keys_written(R"j({"name": "ToLower", "type": "Function", "expression": "Append([a], \"b\")",
    "parameters": [{"key": "odd", "value": {"name": "a", "type": "Attribute"}}]})j",
                     R"(Append([b], "c"))") == Keys{"source", "suffix"});
}

TEST_CASE("unproven keys come from the live document, by position") {
  const std::string_view live = R"j({"name": "Frobnicate", "type": "Function",
    "expression": "Frobnicate([a], , \"x\")", "parameters": [
      {"key": "input", "value": {"expression": "[a]", "name": "a", "type": "Attribute"}},
      {"key": "style", "value": {"expression": "\"x\"", "name": "x", "type": "Constant"}}]})j";
  CHECK(keys_written(live, R"(Frobnicate([b], "y", "z"))") == Keys{"input", "arg2", "style"});
  CHECK(keys_written(live, R"(Frobnicate([b], , "z"))") == Keys{"input", "style"});
  CHECK(keys_written("null", R"(Frobnicate([b], , "z"))") == Keys{"arg1", "arg3"});
}

TEST_CASE("a repeated last key goes on; nested functions teach too") {
  const std::string_view live = R"j({"name": "Not", "type": "Function",
    "expression": "Not(Gather([a], [b], [c]))", "parameters": [{"key": "source", "value":
      {"name": "Gather", "type": "Function", "expression": "Gather([a], [b], [c])", "parameters": [
        {"key": "first", "value": {"name": "a", "type": "Attribute"}},
        {"key": "more", "value": {"name": "b", "type": "Attribute"}},
        {"key": "more", "value": {"name": "c", "type": "Attribute"}}]}}]})j";
  CHECK(keys_written(live, "Gather([a], [b], [c], [d], [e])") ==
        Keys{"first", "more", "more", "more", "more"});
}

TEST_CASE("what no document shows, the job's own functions tell") {
  const expression::FunctionKeys functions{{{"Frobnicate", {{"input", "style"}, true}}}};
  const auto base = decoded(sample_text());
  const Customization customization =
      wish("User", {mapping("LocaleKey", R"(Frobnicate([b], "y", "z"))")});
  CHECK(needs_function_keys(customization));
  const auto result = overlay(base, customization, &functions);
  REQUIRE(result.has_value());
  const auto& mappings = result->rules()[0].object_mappings[0].attribute_mappings;
  const auto written = parse_json(result->slice(mappings.back().source_span));
  REQUIRE(written.has_value());
  Keys keys;
  for (const Json& parameter : (*written)["parameters"]) keys.push_back(parameter["key"]);
  CHECK(keys == Keys{"input", "style", "style"});
  CHECK_FALSE(needs_function_keys(wish("User", {mapping("LocaleKey", "[b]")})));
}

TEST_CASE("a source that only repeats live keys is equal to what is live") {
  const std::string_view live = R"j({"name": "Frobnicate", "type": "Function",
    "expression": "Frobnicate([a], , \"x\")", "parameters": [
      {"value": {"type": "Attribute", "name": "a"}, "key": "input"},
      {"key": "style", "value": {"name": "x", "type": "Constant", "parameters": null}}]})j";
  const auto base =
      decoded(replaced(sample_text(), R"({"name": "company", "type": "Attribute"})", live));
  const auto result =
      laid_over(base, wish("User", {mapping("CompanyName", R"(Frobnicate([a], , "x"))")}));
  CHECK(result.text() == base.text());
}
