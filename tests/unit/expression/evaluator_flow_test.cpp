#include <algorithm>

#include "evaluator_cases.h"

using namespace syncwright;
using namespace syncwright::expression;

TEST_CASE("IgnoreFlowIfNullOrEmpty drops the attribute, wherever it stands") {
  check({
      {"IgnoreFlowIfNullOrEmpty([a])", R"({"a": "x"})", "x"},
      {"IgnoreFlowIfNullOrEmpty([a])", R"({"a": ""})", "(attribute ignored)"},
      {R"(Join("-", "x", IgnoreFlowIfNullOrEmpty([a])))", "", "(attribute ignored)"},
  });
}

TEST_CASE("Error fails with its message, Redact lets the value through") {
  check({
      {R"(Error(Join(" ", "no manager for", [a])))", R"({"a": "Ada"})",
       "error at 0: Error: no manager for Ada"},
      {"Redact([a])", R"({"a": "x"})", "x"},
  });
}

TEST_CASE("the first stop counts") {
  check({
      {R"(Join("", Error("first"), Error("second")))", "", "error at 9: Error: first"},
      {R"(Join("", IgnoreAttributeFlow, Error("second")))", "", "(attribute ignored)"},
  });
}

TEST_CASE("SelectUniqueValue gives the first candidate that is free") {
  const AttributeMap attributes = attributes_from(R"({"a": "ada", "l": "lovelace"})");
  const Evaluator evaluator(
      parsed_expression(R"(SelectUniqueValue([none], [a], Append([a], "1"), Error("too far")))"));
  const auto with_taken = [&](std::initializer_list<std::string_view> taken) {
    EvaluationInput input{.attributes = attributes};
    input.is_taken = [taken](std::string_view text) {
      return std::find(taken.begin(), taken.end(), text) != taken.end();
    };
    return shown(evaluator.evaluate(input));
  };
  CHECK(with_taken({}) == "ada");
  CHECK(with_taken({"ada"}) == "ada1");
  CHECK(with_taken({"ada", "ada1"}) == "error at 49: Error: too far");
  CHECK(shown(evaluator.evaluate(EvaluationInput{.attributes = attributes})) == "ada");

  EvaluationInput all_taken{.attributes = attributes};
  all_taken.is_taken = [](std::string_view) { return true; };
  CHECK(shown(Evaluator(parsed_expression("SelectUniqueValue([a], [l])")).evaluate(all_taken)) ==
        "error at 0: SelectUniqueValue: every candidate is taken: `ada`, `lovelace`");
  CHECK(shown(Evaluator(parsed_expression("SelectUniqueValue([x], [y])")).evaluate(all_taken)) ==
        "null");
}

TEST_CASE("parameters come from the input") {
  const AttributeMap none;
  const std::map<std::string, std::string, std::less<>> parameters = {{"Domain", "example.com"}};
  EvaluationInput input{.attributes = none};
  const Evaluator evaluator(parsed_expression(R"(Append("ada@", %Domain%))"));
  CHECK(shown(evaluator.evaluate(input)) ==
        "error at 15: %Domain%: no value is given for it; pass `--parameter Domain=VALUE`");
  input.parameters = &parameters;
  CHECK(shown(evaluator.evaluate(input)) == "ada@example.com");
}

TEST_CASE("DefaultDomain needs one in the input") {
  const AttributeMap none;
  EvaluationInput input{.attributes = none};
  const Evaluator evaluator(parsed_expression("DefaultDomain()"));
  CHECK(shown(evaluator.evaluate(input)) ==
        "error at 0: DefaultDomain: the tenant's default domain is not known offline; pass "
        "`--default-domain DOMAIN`, or give a test `defaultDomain`");
  input.default_domain = "example.com";
  CHECK(shown(evaluator.evaluate(input)) == "example.com");
}
