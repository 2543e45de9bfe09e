#include "evaluator_cases.h"

using namespace syncwright;
using namespace syncwright::expression;

TEST_CASE("each open rule can be set the other way") {
  CHECK(evaluated("Coalesce([a], [b])", R"({"a": "", "b": "B"})", {.coalesce_skips_empty = true}) ==
        "B");
  CHECK(evaluated("Coalesce([a], [b])", R"({"a": "", "b": ""})", {.coalesce_skips_empty = true}) ==
        "");
  CHECK(evaluated(R"(Split("a, b", ","))", {}, {.split_trims = false}) == R"(["a"," b"])");
  CHECK(evaluated(R"(Join("-", [a]))", {}, {.empty_join_is_null = true}) == "null");
  CHECK(evaluated(R"(Join("-", [a], "b"))", {}, {.empty_join_is_null = true}) == "b");
}

TEST_CASE("comparisons may pass over absent values and letter case") {
  const EvaluationSettings lenient{.null_comparison_fails = false};
  CHECK(evaluated(R"(IIF([a] = "x", "y", "n"))", {}, lenient) == "n");
  CHECK(evaluated(R"(IIF([a] = "", "y", "n"))", {}, lenient) == "y");
  CHECK(evaluated(R"(IIF([a], "y", "n"))", {}, lenient) == "n");
  CHECK(evaluated(R"(CBool([a] <> "x"))", {}, lenient) == "True");

  const EvaluationSettings any_case{.comparison_ignores_case = true};
  CHECK(evaluated(R"([a] = "ÄB")", R"({"a": "äb"})", any_case) == "True");
  CHECK(evaluated(R"([a] <> "ÄB")", R"({"a": "äb"})", any_case) == "False");
  CHECK(evaluated(R"([a] > "B")", R"({"a": "a"})", any_case) == "True");
  CHECK(evaluated(R"(Switch([a], "d", "AB", "1"))", R"({"a": "ab"})", any_case) == "d");
}

TEST_CASE("FormatDateTime of an empty text gives null, or fails") {
  const char* const expression = R"(FormatDateTime([d], "dd/MM/yyyy", "yyyy"))";
  CHECK(evaluated(expression, R"({"d": ""})") == "null");
  CHECK(evaluated(expression, R"({"d": ["25/12/2025", ""]})") == R"(["2025"])");
  CHECK(evaluated(expression, R"({"d": " "})") ==
        "error at 0: FormatDateTime: \" \" is no date of the format \"dd/MM/yyyy\"");
  const EvaluationSettings strict{.empty_date_fails = true};
  CHECK(evaluated(expression, R"({"d": ""})", strict) ==
        "error at 0: FormatDateTime: \"\" is no date of the format \"dd/MM/yyyy\"");
  CHECK(evaluated(expression, R"({"d": ["25/12/2025", ""]})", strict) ==
        "error at 0: FormatDateTime: \"\" is no date of the format \"dd/MM/yyyy\"");
  CHECK(evaluated(expression, {}, strict) == "null");
}

TEST_CASE("a fault in a branch that is not taken may count") {
  const EvaluationSettings eager{.branches_are_eager = true};
  const auto of_x = [&](const char* expression) {
    return evaluated(expression, R"({"a": "x", "k": "a"})", eager);
  };
  const std::string no_start = "Mid: start is 0, the first character is 1";
  CHECK(of_x(R"(IIF([a] = "x", "yes", Mid([a], 0, 1)))") == "error at 22: " + no_start);
  CHECK(of_x(R"(IIF([a] = "y", Mid([a], 0, 1), "no"))") == "error at 15: " + no_start);
  CHECK(of_x(R"(IIF([a] = "x", "yes"))") == "yes");
  CHECK(of_x(R"(IIF([a] = "x", Error("no"), "else"))") == "error at 15: Error: no");
  const std::string no_date = ": CDate: \"soon\" is no date";
  CHECK(of_x(R"(Switch([k], CDate("soon"), "a", "1"))") == "error at 12" + no_date);
  CHECK(of_x(R"(Switch([k], "d", "a", "1", "b", CDate("soon")))") == "error at 32" + no_date);
  CHECK(of_x(R"(Switch([k], "d", "a", "1", CDate("soon"), "2"))") == "error at 27" + no_date);
  CHECK(of_x(R"(Switch([k], "d", "a", "1", "b", "2"))") == "1");
  CHECK(of_x(R"(Switch([k], "d", "b", "2"))") == "d");
}
