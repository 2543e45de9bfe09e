#include "evaluator_cases.h"

using namespace syncwright;
using namespace syncwright::expression;

TEST_CASE("Find and Template: the source goes into the template") {
  check({
      {R"(Replace([n], "{}", , , , , "<{}|{}>"))", R"({"n": "x"})", "<x|x>"},
      {R"(Replace([n], "{}", , , , , "none"))", R"({"n": "x"})", "none"},
      {R"(Replace([n], "{}", , , , , "<{}>"))", R"({"n": ["a", "b"]})", R"(["<a>","<b>"])"},
      {R"(Replace([n], "{}", , , , , "<{}>"))", "", "null"},
  });
}

TEST_CASE("Find and Replacement: literal and by case") {
  check({
      {R"(Replace([n], ".", , , "-", , ))", R"({"n": "a.b.c"})", "a-b-c"},
      {R"(Replace([n], "A", , , "-"))", R"({"n": "aA"})", "a-"},
      {R"(Replace([n], "a", , , ""))", R"({"n": "banana"})", "bnn"},
      {R"(Replace([n], "a", , , "x"))", R"({"n": ["a", "ba"]})", R"(["x","bx"])"},
      {R"(Replace([n], "a", , , "x"))", "", "null"},
      {R"(Replace([n], "", , , "x"))", R"({"n": "a"})", "error at 0: Replace: Find is empty"},
  });
}

TEST_CASE("RegularExpression and Replacement: every match, with references to groups") {
  check({
      {R"(Replace([n], , "\\d+", , "#", , ))", R"({"n": "a1b22"})", "a#b#"},
      {R"~(Replace([n], , "(?<l>\\w)-(?<r>\\w)", , "${r}$1", , ))~", R"({"n": "a-b"})", "ba"},
      {R"(Replace([n], , "x", , "y", , ))", R"({"n": "abc"})", "abc"},
      {R"(Replace([n], , [p], , "y", , ))", R"({"n": "abc", "p": "[ab]"})", "yyc"},
      {R"(Replace([n], , "b", , "-", , ))", R"({"n": ["abc", "b"]})", R"(["a-c","-"])"},
      {R"(Replace([n], , "x", , "y", , ))", "", "null"},
  });
  CHECK(evaluated(R"~(Replace([n], , "(", , "y", , ))~", R"({"n": "a"})")
            .starts_with("error at 0: Replace: RegularExpression: "));
}

TEST_CASE("a group's name: only what it captured is replaced") {
  check({
      {R"~(Replace([n], , "no (?<n>\\d+)", "n", "X", , ))~", R"({"n": "no 1, no 22"})",
       "no X, no X"},
      {R"~(Replace([n], , "no (?<n>\\d+)", "m", "X", , ))~", R"({"n": "no 1"})",
       "error at 0: Replace: RegularExpressionGroupName is `m`, the pattern has no such group"},
  });
}

TEST_CASE("another attribute steps in for an empty source") {
  const char* const expression = R"~(Replace([n], , "^(?<first>\\w+)", "first", , [other], ))~";
  check({
      {expression, R"({"n": "kept", "other": "Ada King"})", "kept"},
      {expression, R"({"n": "", "other": "Ada King"})", "Ada"},
      {expression, R"({"other": "Ada King"})", "Ada"},
      {expression, R"({"other": "?"})", ""},
      {expression, "", "null"},
  });
}

TEST_CASE("arguments that fit no form are refused") {
  for (const char* expression :
       {R"(Replace("a"))", R"(Replace("a", "a"))", R"(Replace("a", "a", "b", , "c"))",
        R"(Replace("a", , "b", "c"))", R"(Replace("a", "a", , , "c", , "d"))"}) {
    INFO(expression);
    CHECK(evaluated(expression).starts_with("error at 0: Replace: the arguments fit no form; "));
  }
}
