#include "evaluator_cases.h"

using namespace syncwright;

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
