#include <string>

#include "evaluator_cases.h"

using namespace syncwright;
using namespace syncwright::expression;

namespace {

constexpr std::size_t kMegabyte = std::size_t{1} << 20u;
/// Error's own text may be this long, and the function's name stands before it.
constexpr std::size_t kLongestMessage = 1100;

AttributeMap huge_attributes() {
  const std::string huge(kMegabyte, 'x');
  AttributeMap attributes;
  attributes.set("huge", huge);
  attributes.set("list", MultiValue{huge, huge});
  attributes.set("quoted", "'" + huge);
  attributes.set("reference", "\\k<" + huge + ">");
  attributes.set("category", "\\p{" + huge + "}");
  return attributes;
}

}  // namespace

TEST_CASE("no error quotes a megabyte of what it was given") {
  const AttributeMap attributes = huge_attributes();
  EvaluationInput input{.attributes = attributes};
  input.is_taken = [](std::string_view) { return true; };
  for (const char* expression : {"CDate([huge])",
                                 "NumFromDate([huge])",
                                 "DateFromNum([huge])",
                                 R"(DateAdd([huge], 1, "2024-01-01"))",
                                 R"(DateAdd("d", [huge], "2024-01-01"))",
                                 R"(DateAdd("d", 1, [huge]))",
                                 R"(DateDiff([huge], "2024-01-01", "2024-01-02"))",
                                 R"(DateDiff("d", [huge], "2024-01-02"))",
                                 R"(DateDiff("d", [list], "2024-01-02"))",
                                 R"(FormatDateTime([huge], , , "MM"))",
                                 R"(FormatDateTime([list], , "yyyy", "MM"))",
                                 R"(FormatDateTime("2024", [huge], "yyyy", "MM"))",
                                 R"(FormatDateTime("2024", , [huge], "MM"))",
                                 R"(FormatDateTime("2024", , "yyyy", [quoted]))",
                                 "BitAnd([huge], 1)",
                                 "[huge] = [none]",
                                 R"(IIF([huge], "a", "b"))",
                                 R"(InStr("a", "a", 1, [huge]))",
                                 R"(Mid("abc", [huge], 1))",
                                 R"(Item([list], [huge]))",
                                 R"e(Replace("a", , "(a)", [huge], "b", , ))e",
                                 R"(Replace("a", , [reference], , "b", , ))",
                                 R"(Replace("a", , [category], , "b", , ))",
                                 "SelectUniqueValue([huge], [huge])",
                                 "Error([huge])"}) {
    INFO(expression);
    const Outcome outcome = Evaluator(parsed_expression(expression)).evaluate(input);
    CHECK(outcome.kind == Outcome::Kind::error);
    CHECK(outcome.message.size() < kLongestMessage);
  }
}

TEST_CASE("what is cut says so, between whole characters") {
  const std::string head(79, 'x');
  CHECK(evaluated("CDate([d])", R"({"d": ")" + head + "\xC3\xA9\"}") ==
        "error at 0: CDate: \"" + head + "...\" is no date");
  CHECK(evaluated("CDate([d])", R"({"d": ")" + head + "e\"}") ==
        "error at 0: CDate: \"" + head + "e\" is no date");
}

TEST_CASE("the first candidates that are taken are named, the others counted") {
  std::string expression = "SelectUniqueValue(";
  for (int at = 1; at <= 12; ++at) {
    expression += (at == 1 ? "\"" : ", \"") + std::to_string(at) + "\"";
  }
  const AttributeMap none;
  EvaluationInput input{.attributes = none};
  input.is_taken = [](std::string_view) { return true; };
  CHECK(shown(Evaluator(parsed_expression(expression + ")")).evaluate(input)) ==
        "error at 0: SelectUniqueValue: every candidate is taken: `1`, `2`, `3`, `4`, `5`, `6`, "
        "`7`, `8`, `9`, `10` and 2 more");
}
