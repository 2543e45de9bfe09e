#include <doctest/doctest.h>

#include <string>

#include "evaluator_cases.h"
#include "syncwright/expression/lint.h"

using namespace syncwright;
using namespace syncwright::expression;

namespace {

/// What `validate` says of the number of arguments; "" where it says nothing.
std::string refusal(std::string_view text) {
  for (const LintFinding& finding : lint(parsed_expression(text), text)) {
    if (finding.code == Code::SW3103 || finding.code == Code::SW3108) return finding.message;
  }
  return {};
}

}  // namespace

TEST_CASE("validate and the evaluation refuse the same calls in the same words") {
  for (const char* text : {"Switch([a])",
                           R"(Switch([a], "d"))",
                           R"(Switch([a], "d", "k"))",
                           R"(Switch([a], , "k", "v", "l"))",
                           R"(Switch(, "d", "k", "v"))",
                           R"(IIF([a]="x"))",
                           R"(IIF(, "x", "y"))",
                           R"(IIF([a]="x", "1", "2", "3"))",
                           R"(Join(","))",
                           R"(Join(, [a]))",
                           "Left([a])",
                           "Left([a], )",
                           "Left(, 1)",
                           "Left([a], 1, 2)",
                           "Mid([a], , 1)",
                           "Now(1)",
                           "InStr([a])",
                           "InStr([a], , 1)",
                           R"(DateAdd("d", 1, ))",
                           "SelectUniqueValue([a])",
                           "Coalesce()",
                           R"(FormatDateTime([a], "yyyy"))",
                           R"(FormatDateTime([a], , "yyyy", ))",
                           R"(FormatDateTime([a], "yyyy", ))",
                           "RandomString(6, 3, 0, 0)",
                           "Trim()"}) {
    CAPTURE(text);
    const std::string message = refusal(text);
    CHECK_FALSE(message.empty());
    CHECK(evaluated(text, R"({"a": "1"})") == "error at 0: " + message);
  }
}

TEST_CASE("what both accept") {
  for (const char* text :
       {R"(Switch([a], , "1", ))", R"(Switch([a], "d", , "v"))", R"(IIF([a]="1", "x"))",
        R"(IIF([a]="1", , "y"))", R"(Join("", ))", R"(Join("", [a]))", "ToLower([a], )",
        R"(InStr([a], "1", , ))", "Coalesce([a])", R"(FormatDateTime([a], , , "yyyy"))",
        R"(FormatDateTime([a], , "yyyy"))", "RandomString(6, 3, 0, 0, 3)", "Split([a])"}) {
    CAPTURE(text);
    CHECK(refusal(text) == "");
    CHECK_FALSE(evaluated(text, R"({"a": "1"})").starts_with("error at 0: `"));
  }
}
