#include <set>
#include <string>

#include "reference.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/clock.h"
#include "syncwright/core/json.h"
#include "syncwright/expression/evaluator.h"
#include "syncwright/expression/parser.h"

using namespace syncwright;

namespace {

/// An outcome in the notation of the cases, errors with their message.
Json shown(const expression::Outcome& outcome) {
  switch (outcome.kind) {
    case expression::Outcome::Kind::value:
      return to_json(outcome.value);
    case expression::Outcome::Kind::ignore_attribute:
    case expression::Outcome::Kind::ignore_object:
      return {{"ignore", true}};
    case expression::Outcome::Kind::error:
      return {{"error", true}, {"message", outcome.message}};
  }
  return nullptr;
}

Json evaluated(const Json& entry) {
  const auto parsed = expression::parse_expression(entry["expression"].get<std::string>());
  if (!parsed) return {{"error", true}, {"message", parsed.error().message}};
  const auto attributes = expression::AttributeMap::from_json(entry["attributes"]);
  if (!attributes) return {{"error", true}, {"message", attributes.error()}};
  std::map<std::string, std::string, std::less<>> parameters;
  if (entry.contains("parameters")) entry["parameters"].get_to(parameters);
  std::set<std::string> taken;
  if (entry.contains("existing")) {
    for (const Json& value : entry["existing"])
      taken.insert(ascii::lower(value.get<std::string>()));
  }
  expression::EvaluationInput input{.attributes = *attributes};
  input.parameters = &parameters;
  input.is_taken = [&taken](std::string_view text) { return taken.contains(ascii::lower(text)); };
  input.now = parse_rfc3339(string_or(entry, "now", "2025-07-30T00:00:00Z")).value_or(Instant());
  return shown(expression::Evaluator(*parsed).evaluate(input));
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
  if (!reference::is_there()) return;
  const Json document = reference::load("expressions/cases.json");
  for (const Json& entry : document["cases"]) check(entry, entry["expected"]);
}

TEST_CASE("expressions of live tenants give the values that were seen there") {
  if (!reference::is_there()) return;
  const Json document = reference::load("expressions/cases-2026-11-28.json");
  for (const Json& entry : document["cases"]) check(entry, entry["expected"]);
}

TEST_CASE("where a document contradicts its own rules, the rules count") {
  if (!reference::is_there()) return;
  const Json document = reference::load("expressions/cases.json");
  for (const Json& entry : document["disputed"]) {
    if (entry.contains("computed")) check(entry, entry["computed"]);
  }
}
