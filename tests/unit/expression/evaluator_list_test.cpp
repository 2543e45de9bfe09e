#include "evaluator_cases.h"

using namespace syncwright;
using namespace syncwright::expression;

TEST_CASE("Count counts elements") {
  check({
      {"Count([v])", "", "0"},
      {"Count([v])", R"({"v": []})", "0"},
      {"Count([v])", R"({"v": "one"})", "1"},
      {"Count([v])", R"({"v": ["a", "b", "b"]})", "3"},
  });
}

TEST_CASE("Item counts from 1 and stays within the list") {
  check({
      {"Item([v], 2)", R"({"v": ["a", "b"]})", "b"},
      {"Item([v], 1)", R"({"v": "alone"})", "alone"},
      {"Item([v], 1)", "", "null"},
      {"Item([v], 0)", R"({"v": ["a", "b"]})",
       "error at 0: Item: index is 0, the source has 2 elements and the first is 1"},
      {"Item([v], 3)", R"({"v": ["a", "b"]})",
       "error at 0: Item: index is 3, the source has 2 elements and the first is 1"},
  });
}

TEST_CASE("Join skips what is empty and flattens lists") {
  check({
      {R"(Join("-", [a], [b], [c]))", R"({"a": "x", "b": "", "c": "z"})", "x-z"},
      {R"(Join("-", [a], [b]))", R"({"a": ["x", "", "y"], "b": 5})", "x-y-5"},
      {R"(Join([none], "a", "b"))", "", "ab"},
      {R"(Join("", 007, "x"))", "", "007x"},
      {R"(Join("-", [a], [b]))", "", ""},
      {R"(Join("-"))", "", "error at 0: `Join` takes at least 2 arguments, found 1"},
      {R"(Join(", ", IsNull([a]), Count([a])))", "", "True, 0"},
  });
}

TEST_CASE("Split makes a list of trimmed elements") {
  check({
      {R"(Split([v], ";"))", R"({"v": "a; b ;c"})", R"(["a","b","c"])"},
      {R"(Split([v]))", R"({"v": "a,b"})", R"(["a","b"])"},
      {R"(Split([v], ", "))", R"({"v": "a, b,c"})", R"(["a","b,c"])"},
      {R"(Split([v], ";"))", R"({"v": "a;;b;"})", R"(["a","","b",""])"},
      {R"(Split([v], ""))", R"({"v": "ab"})", R"(["ab"])"},
      {R"(Split([v], "-"))", R"({"v": ["a-b", "c"]})", R"(["a","b","c"])"},
      {R"(Split([v], ";"))", "", "null"},
      {R"(Item(Split([v], "@"), 2))", R"({"v": "ada@example.com"})", "example.com"},
  });
}

TEST_CASE("RemoveDuplicates keeps the first of equal elements") {
  check({
      {"RemoveDuplicates([v])", R"({"v": ["b", "a", "b", "A"]})", R"(["b","a","A"])"},
      {"RemoveDuplicates(Trim([v]))", R"({"v": ["a", " a"]})", R"(["a"])"},
      {"RemoveDuplicates([v])", R"({"v": "one"})", "one"},
      {"RemoveDuplicates([v])", "", "null"},
  });
}

TEST_CASE("a list where a single text is wanted is its elements with commas") {
  check({
      {R"(InStr([v], "b"))", R"({"v": ["a", "b"]})", "4"},
      {R"([v] & "")", R"({"v": ["a", "b"]})", "a, b"},
  });
}
