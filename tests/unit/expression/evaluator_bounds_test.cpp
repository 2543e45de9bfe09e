#include <algorithm>
#include <thread>

#include "evaluator_cases.h"
#include "syncwright/expression/function_table.h"

using namespace syncwright;
using namespace syncwright::expression;

namespace {

Expression node(Expression::Kind kind, std::string_view text) {
  Expression expression;
  expression.kind = kind;
  expression.text = text;
  return expression;
}

}  // namespace

TEST_CASE("a fault counts where it is reached, not before") {
  check({
      {"Contains([a])", "", "error at 0: Contains: unknown function"},
      {R"(IIF([a] = "x", "fine", Contains([a])))", R"({"a": "x"})", "fine"},
      {R"(Join("", "x", Trim()))", "", "error at 14: `Trim` takes 1 argument, found 0"},
      {R"(Join())", "", "error at 0: `Join` takes at least 2 arguments, found 0"},
      {"Now(1)", "", "error at 0: `Now` takes no arguments, found 1"},
      {"SelectUniqueValue([a])", "",
       "error at 0: `SelectUniqueValue` takes at least 2 arguments, found 1"},
  });
}

TEST_CASE("every function of the table is there") {
  for (const Function& function : function_table()) {
    Expression call = node(Expression::Kind::call, function.name);
    const std::size_t places = std::max(function.parameters.size(), function.least());
    for (std::size_t at = 0; at < places; ++at) {
      call.arguments.emplace_back(node(Expression::Kind::constant, "2"));
    }
    const AttributeMap none;
    const Outcome outcome = Evaluator(call).evaluate(EvaluationInput{.attributes = none});
    INFO(function.name);
    CHECK(outcome.message.find("unknown function") == std::string::npos);
  }
}

TEST_CASE("texts that would grow without bound stop") {
  std::string nested = "[a]";
  for (int level = 0; level < 30; ++level) {
    nested = R"(Replace()" + nested + R"(, "x", , , , , "xxxxxxxx"))";
  }
  CHECK(evaluated(nested, R"({"a": "x"})")
            .ends_with("the expression makes more than 16777216 bytes of text"));

  const EvaluationLimits small{.steps = 1000, .bytes = 40};
  CHECK(evaluated(R"(Join([a], "1", "2", "3", "4"))", R"({"a": "0123456789012345"})", {}, small) ==
        "error at 0: the expression makes more than 40 bytes of text");
  CHECK(evaluated(R"([a] & [a] & [a])", R"({"a": "0123456789012345"})", {}, small) ==
        "error at 0: the expression makes more than 40 bytes of text");
  CHECK(evaluated(R"(Append([a], "0123456789"))", R"({"a": ["1", "2", "3", "4"]})", {}, small) ==
        "error at 0: the expression makes more than 40 bytes of text");
  CHECK(evaluated(R"([a] & [a])", R"({"a": "0123456789012345"})", {}, small).size() == 32);
}

TEST_CASE("steps are bounded, elements of lists count") {
  const EvaluationLimits small{.steps = 5, .bytes = 1000};
  CHECK(evaluated(R"(Trim([a]))", R"({"a": ["1", "2", "3"]})", {}, small) == R"(["1","2","3"])");
  CHECK(evaluated(R"(Trim([a]))", R"({"a": ["1", "2", "3", "4"]})", {}, small) ==
        "error at 0: the expression takes more than 5 steps");
  CHECK(evaluated(R"(Join("", "1", "2", "3", "4"))", {}, {}, small) ==
        "error at 24: the expression takes more than 5 steps");
}

TEST_CASE("an argument is evaluated once") {
  const EvaluationLimits exact{.steps = 101, .bytes = 1000};
  std::string nested = "[a]";
  for (int level = 0; level < 25; ++level) nested = "Append(" + nested + R"(, Trim("b")))";
  CHECK(evaluated(nested, R"({"a": "a"})", {}, exact) == "a" + std::string(25, 'b'));
}

TEST_CASE("nesting is bounded for expressions that no parser made") {
  Expression expression = node(Expression::Kind::attribute, "a");
  for (int level = 0; level < kMaxExpressionDepth + 1; ++level) {
    Expression outer = node(Expression::Kind::call, "Trim");
    outer.arguments.emplace_back(std::move(expression));
    expression = std::move(outer);
  }
  const AttributeMap none;
  CHECK(shown(Evaluator(expression).evaluate(EvaluationInput{.attributes = none})) ==
        "error at 0: functions are nested more than 100 deep");
  CHECK(shown(Evaluator(*expression.arguments[0]).evaluate(EvaluationInput{.attributes = none})) ==
        "null");
}

TEST_CASE("an evaluator tells what it reads and is shared between threads") {
  const Evaluator evaluator(parsed_expression(
      R"(Join("-", [b], IIF([a] = "x", Trim([b]), Unheard([c])), Replace([d], , "\\d", , "")))"));
  CHECK(evaluator.attributes() == std::vector<std::string>{"a", "b", "c", "d"});

  const AttributeMap attributes = attributes_from(R"({"a": "x", "b": " 1", "d": "k9"})");
  std::vector<std::string> results(4);
  std::vector<std::thread> threads;
  for (std::string& result : results) {
    threads.emplace_back([&evaluator, &attributes, &result] {
      result = shown(evaluator.evaluate(EvaluationInput{.attributes = attributes}));
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(results == std::vector<std::string>(4, " 1-1-k"));
}
