#include "evaluator_cases.h"

using namespace syncwright;
using namespace syncwright::expression;

TEST_CASE("comparisons are numeric where both sides are numbers") {
  check({
      {R"([a] = "10.0")", R"({"a": 10})", "True"},
      {R"([a] < "9")", R"({"a": "10"})", "False"},
      {R"([a] < "9")", R"({"a": "10x"})", "True"},
      {R"([a] >= -1)", R"({"a": "-1.00"})", "True"},
      {R"([a] = "&H1F")", R"({"a": 31})", "True"},
      {R"([a] > "-5")", R"({"a": "-40"})", "False"},
      {R"([a] = "100000000000000000000000000001")", R"({"a": "100000000000000000000000000000"})",
       "False"},
      {R"([a] <> "b")", R"({"a": "B"})", "True"},
      {R"([a] = "True")", R"({"a": true})", "True"},
      {R"([a] = "")", R"({"a": ""})", "True"},
      {R"(CDate([a]) > CDate([b]))", R"({"a": "2024-10-01", "b": "2024-09-30"})", "True"},
      {R"(CDate([a]) = "2024-10-01T02:00:00+02:00")", R"({"a": "2024-10-01"})", "True"},
      {R"([a] = "x")", "",
       "error at 0: `=`: compares nothing with `x`; a comparison with an absent value fails, test "
       "it by IsNullOrEmpty or use Switch"},
  });
}

TEST_CASE("BitAnd takes decimal and hexadecimal numbers, negative ones too") {
  check({
      {"BitAnd([f], 2)", R"({"f": 514})", "2"},
      {"BitAnd(&H1F, &H18)", "", "24"},
      {"BitAnd([f], -2147483648)", R"({"f": "-2147483646"})", "-2147483648"},
      {R"(BitAnd([f], 1))", R"({"f": "odd"})",
       "error at 0: BitAnd: left is `odd`, a whole number is needed"},
      {"BitAnd([f], 1)", "", "error at 0: BitAnd: left is nothing, a whole number is needed"},
  });
}

TEST_CASE("CBool is True for true comparisons and numbers that are not zero") {
  check({
      {R"(CBool([a] = "x"))", R"({"a": "x"})", "True"},
      {R"(CBool([a] = "x"))", R"({"a": "y"})", "False"},
      {"CBool([a])", R"({"a": 3})", "True"},
      {"CBool([a])", R"({"a": "0"})", "False"},
      {"CBool([a])", R"({"a": "true"})", "True"},
      {"CBool([a])", R"({"a": "yes"})", "False"},
      {"CBool([a])", "", "False"},
      {"CBool(BitAnd([a], 8))", R"({"a": 9})", "True"},
  });
}

TEST_CASE("IIF evaluates the chosen branch only") {
  check({
      {R"(IIF([a] = "x", "yes", Error("no")))", R"({"a": "x"})", "yes"},
      {R"(IIF([a] = "x", Error("no"), [b]))", R"({"a": "y", "b": "else"})", "else"},
      {R"(IIF([a] = "x", "yes"))", R"({"a": "y"})", "null"},
      {R"(IIF([a] = "x", "yes", ))", R"({"a": "y"})", "null"},
      {R"(IIF(IsPresent([a]), "yes", "no"))", "", "no"},
      {R"(IIF([a], "yes", "no"))", R"({"a": "false"})", "no"},
      {R"(IIF([a], "yes", "no"))", R"({"a": 1})", "yes"},
      {R"(IIF([a] > "0", IgnoreAttributeFlow, "b"))", R"({"a": 1})", "(attribute ignored)"},
      {R"(IIF([a] > "0", IgnoreObjectFlow, "b"))", R"({"a": 1})", "(object ignored)"},
      {R"(IIF([a], "yes", "no"))", R"({"a": "perhaps"})",
       "error at 0: IIF: the condition is `perhaps`, True or False is needed"},
      {R"(IIF([a], "yes", "no"))", "",
       "error at 0: IIF: the condition is nothing, True or False is needed; an absent value "
       "fails, use Switch"},
  });
}

TEST_CASE("Switch compares exactly, absent and empty alike") {
  check({
      {R"(Switch([k], "d", "a", "1", "b", "2"))", R"({"k": "b"})", "2"},
      {R"(Switch([k], "d", "a", "1"))", R"({"k": "A"})", "d"},
      {R"(Switch([k], "d", "a", "1"))", R"({"k": " a"})", "d"},
      {R"(Switch([k], "d", "", "none"))", "", "none"},
      {R"(Switch([k], "d", "", "none"))", R"({"k": ""})", "none"},
      {R"(Switch([k], "d", [other], "both absent"))", "", "both absent"},
      {R"(Switch([k], , "a", "1"))", R"({"k": "z"})", "null"},
      {R"(Switch([k], "d", "a", ))", R"({"k": "a"})", "null"},
      {R"(Switch([k], "d", [same], "1"))", R"({"k": "z", "same": "z"})", "1"},
      {R"(Switch(IsPresent([k]), "d", "True", [k]))", R"({"k": "v"})", "v"},
      {R"(Switch([k], CDate([none]), "a", "1"))", R"({"k": "a"})", "1"},
      {R"(Switch([k], "d", "a", "1", Error("never asked"), "2"))", R"({"k": "a"})", "1"},
      {R"(Switch([k], "d"))", R"({"k": "a"})",
       "error at 0: `Switch` takes at least 4 arguments, found 2"},
      {R"(Switch([k], "d", "a"))", R"({"k": "a"})",
       "error at 0: the last key of `Switch` has no value: keys and values come in pairs"},
  });
}

TEST_CASE("Coalesce gives the first that is there") {
  check({
      {"Coalesce([a], [b])", R"({"b": "B"})", "B"},
      {"Coalesce([a], [b])", R"({"a": "", "b": "B"})", ""},
      {R"(Coalesce([a], [b], "last"))", "", "last"},
      {"Coalesce([a], [b])", "", "null"},
      {R"(Coalesce([a], Error("not asked")))", R"({"a": "A"})", "A"},
  });
}

TEST_CASE("questions about presence") {
  check({
      {"IsNull([a])", "", "True"},
      {"IsNull([a])", R"({"a": ""})", "False"},
      {"IsNothing([a])", "", "True"},
      {"IsNullOrEmpty([a])", R"({"a": ""})", "True"},
      {"IsNullOrEmpty([a])", R"({"a": []})", "True"},
      {"IsNullOrEmpty([a])", R"({"a": 0})", "False"},
      {"IsPresent([a])", R"({"a": ""})", "False"},
      {"IsPresent([a])", R"({"a": false})", "True"},
      {"IsString([a])", R"({"a": 5})", "True"},
      {"IsString([a])", "", "False"},
  });
}

TEST_CASE("Not makes False of True and True of all else") {
  check({
      {"Not([a])", R"({"a": true})", "False"},
      {"Not([a])", R"({"a": "true"})", "False"},
      {"Not([a])", R"({"a": "no"})", "True"},
      {"Not([a])", "", "True"},
      {R"(Not([a] = "x"))", R"({"a": "x"})", "False"},
  });
}
