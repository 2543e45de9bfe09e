#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>
#include <string>

#include "syncwright/core/clock.h"
#include "syncwright/core/json.h"
#include "syncwright/expression/evaluator.h"
#include "syncwright/expression/parser.h"

using namespace syncwright;

namespace {

std::filesystem::path cases_file() {
  return std::filesystem::path(SYNCWRIGHT_SHARED_DIR) / "expressions" / "cases.json";
}

/// null where the reference material is not beside the project; says so.
Json load_cases() {
  std::ifstream stream(cases_file(), std::ios::binary);
  if (!stream) {
    std::cout << "skipped: ../shared is not here\n";
    return nullptr;
  }
  std::ostringstream content;
  content << stream.rdbuf();
  auto document = parse_json(content.str());
  if (!document) FAIL(document.error().message);
  return std::move(*document);
}

std::string without_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
  return lower;
}

/// An outcome in the notation of the cases, errors with their message.
Json shown(const Outcome& outcome) {
  switch (outcome.kind) {
    case Outcome::Kind::value:
      return to_json(outcome.value);
    case Outcome::Kind::ignore_attribute:
    case Outcome::Kind::ignore_object:
      return {{"ignore", true}};
    case Outcome::Kind::error:
      return {{"error", true}, {"message", outcome.message}};
  }
  return nullptr;
}

Json evaluated(const Json& entry) {
  const auto parsed = parse_expression(entry["expression"].get<std::string>());
  if (!parsed) return {{"error", true}, {"message", parsed.error().message}};
  const auto attributes = AttributeMap::from_json(entry["attributes"]);
  if (!attributes) return {{"error", true}, {"message", attributes.error()}};
  std::map<std::string, std::string, std::less<>> parameters;
  if (entry.contains("parameters")) entry["parameters"].get_to(parameters);
  std::set<std::string> taken;
  if (entry.contains("existing")) {
    for (const Json& value : entry["existing"])
      taken.insert(without_case(value.get<std::string>()));
  }
  EvaluationInput input{.attributes = *attributes};
  input.parameters = &parameters;
  input.is_taken = [&taken](std::string_view text) { return taken.contains(without_case(text)); };
  input.now = parse_rfc3339(string_or(entry, "now", "2025-07-30T00:00:00Z")).value_or(Instant());
  return shown(Evaluator(*parsed).evaluate(input));
}

void check(const Json& entry, const Json& expected) {
  Json actual = evaluated(entry);
  if (expected.is_object() && expected.contains("error")) actual.erase("message");
  CHECK_MESSAGE(actual == expected, entry["id"] << "\n"
                                                << entry["expression"] << "\ngives "
                                                << actual.dump() << "\nexpected "
                                                << expected.dump());
}

}  // namespace

TEST_CASE("documented expressions give their documented values") {
  const Json document = load_cases();
  if (document.is_null()) return;
  for (const Json& entry : document["cases"]) check(entry, entry["expected"]);
}

TEST_CASE("where a document contradicts its own rules, the rules count") {
  const Json document = load_cases();
  if (document.is_null()) return;
  for (const Json& entry : document["disputed"]) {
    if (entry.contains("computed")) check(entry, entry["computed"]);
  }
}
