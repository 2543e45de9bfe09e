#include "evaluator_cases.h"

using namespace syncwright;
using namespace syncwright::expression;

TEST_CASE("Append and Prepend take an absent source for an empty one") {
  check({
      {R"(Append([n], "-x"))", R"({"n": "ada"})", "ada-x"},
      {R"(Append([n], "-x"))", "", "-x"},
      {R"(Append([n], [m]))", R"({"n": "ada"})", "ada"},
      {R"(Append([n], "!"))", R"({"n": ["a", "b"]})", R"(["a!","b!"])"},
      {R"(Prepend("+", [n]))", R"({"n": 49})", "+49"},
      {R"(Prepend("x-", [n]))", "", "x-"},
      {R"(Prepend("x-", [n]))", R"({"n": ["a", "b"]})", R"(["x-a","x-b"])"},
  });
}

TEST_CASE("CStr gives the text of any single value") {
  check({
      {"CStr([v])", R"({"v": true})", "True"},
      {"CStr([v])", R"({"v": -7})", "-7"},
      {"CStr([v])", R"({"v": ["a", "b"]})", R"(["a","b"])"},
      {"CStr([v])", "", "null"},
      {R"(CStr(CDate("2024-02-03")))", "", "2/3/2024 12:00:00 AM"},
  });
}

TEST_CASE("InStr counts from 1 and gives 0 for what is not there") {
  check({
      {R"(InStr("banana", "nan"))", "", "3"},
      {R"(InStr("banana", "x"))", "", "0"},
      {R"(InStr("banana", "N"))", "", "0"},
      {R"(InStr("banana", "N", 1, vbTextCompare))", "", "3"},
      {R"(InStr("banana", "N", , vbTextCompare))", "", "3"},
      {R"(InStr("banana", "N", 1, 1))", "", "3"},
      {R"(InStr("banana", "an", 3))", "", "4"},
      {R"(InStr("banana", "a", 7))", "", "0"},
      {R"(InStr("banana", "", 2))", "", "2"},
      {R"(InStr([x], "a"))", "", "0"},
      {R"(Instr("ÄÖÜ", "ü", 1, vbTextCompare))", "", "3"},
      {R"(InStr("😀b", "b"))", "", "3"},
      {R"(InStr("b", "b", 0))", "", "error at 0: InStr: start is 0, the first character is 1"},
      {R"(InStr("b", "b", 1, "fast"))", "",
       "error at 0: InStr: compareType is `fast`, it takes vbTextCompare or vbBinaryCompare"},
  });
}

TEST_CASE("Left takes characters from the start") {
  check({
      {R"(Left("Grace", 2))", "", "Gr"},
      {R"(Left("Grace", 0))", "", ""},
      {R"(Left("Grace", -3))", "", "Grace"},
      {R"(Left("Grace", "99"))", "", "Grace"},
      {R"(Left([n], 2))", "", ""},
      {R"(Left([n], 2))", R"({"n": ["Ada", "Bob"]})", R"(["Ad","Bo"])"},
      {R"(Left("Žofie", 1))", "", "Ž"},
      {R"(Left("Ada", "two"))", "", "error at 0: Left: length is `two`, a whole number is needed"},
      {R"(Left("Ada", [n]))", "", "error at 0: Left: length is nothing, a whole number is needed"},
      {R"(Left("Ada", ))", "", "error at 0: `length` is left out of `Left`"},
  });
}

TEST_CASE("Len counts characters as .NET does") {
  check({
      {R"(Len("25/12/2025"))", "", "10"},
      {R"(IIF(Len([n])="3", "three", "other"))", R"({"n": "Ada"})", "three"},
      {R"(IIF(Len([n])=3, "three", "other"))", R"({"n": "Ada"})", "three"},
      {"Len([n])", "", "0"},
      {R"(Len(""))", "", "0"},
      {"Len([n])", R"({"n": "Žofie"})", "5"},
      {"Len([n])", "{\"n\": \"a\xF0\x9F\x98\x80\"}", "3"},  // a surrogate pair is two
      {"Len([n])", R"({"n": 1000})", "4"},
      {"Len([n])", R"({"n": ["a", "bcd"]})", R"(["1","3"])"},
      {"Len()", "", "error at 0: `Len` takes 1 argument, found 0"},
  });
}

TEST_CASE("Mid counts from 1 and may overrun the end") {
  check({
      {R"(Mid("Hopper", 2, 3))", "", "opp"},
      {R"(Mid("Hopper", "5", "20"))", "", "er"},
      {R"(Mid("Hopper", 7, 1))", "", ""},
      {R"(Mid("Hopper", 2, 0))", "", ""},
      {R"(Mid([n], 1, 1))", "", "null"},
      {R"(Mid([n], 2, 1))", R"({"n": ["Ada", "Bob"]})", R"(["d","o"])"},
      {R"(Mid("Hopper", 0, 1))", "", "error at 0: Mid: start is 0, the first character is 1"},
      {R"(Mid("Hopper", 1, -1))", "", "error at 0: Mid: length is -1, it cannot be negative"},
  });
}

TEST_CASE("letter case follows the culture, invariant without one") {
  check({
      {R"(ToLower("ÉCLAIR"))", "", "éclair"},
      {R"(ToLower([n], ))", R"({"n": ["A", "B"]})", R"(["a","b"])"},
      {R"(ToLower("TITLE", "tr-TR"))", "", "tıtle"},
      {R"(ToUpper("title"))", "", "TITLE"},
      {R"(ToUpper("title", "tr-TR"))", "", "TİTLE"},
      {R"(ToUpper([n]))", "", "null"},
      {R"(PCase("van DER berg"))", "", "Van Der Berg"},
      {R"(PCase("o'neil-smith", "-'"))", "", "O'Neil-Smith"},
      {R"(PCase([n]))", R"({"n": ["ada", "BOB"]})", R"(["Ada","Bob"])"},
  });
}

TEST_CASE("cleaning works on each element of a list") {
  check({
      {R"(NormalizeDiacritics([n]))", R"({"n": ["Łukasz", "Žofie"]})", R"(["Lukasz","Zofie"])"},
      {R"(StripSpaces([n]))", R"({"n": " a\tb c "})", "a\tbc"},
      {R"(Trim([n]))", R"({"n": [" a b ", "\tc\n"]})", R"(["a b","c"])"},
      {R"(Trim([n]))", "", "null"},
  });
}

TEST_CASE("Word counts runs between any of the delimiters") {
  check({
      {R"(Word("red;;green,blue", 2, ",;"))", "", "green"},
      {R"(Word(" one two", 1, " "))", "", "one"},
      {R"(Word("one·two", 2, "·"))", "", "two"},
      {R"(Word("one two", 3, " "))", "", ""},
      {R"(Word("one two", -1, " "))", "", ""},
      {R"(Word("one two", 1, ""))", "", "one two"},
      {R"(Word([x], 1, " "))", "", ""},
      {R"(Word([x], 2, "-"))", R"({"x": ["a-b", "c-d"]})", R"(["b","d"])"},
  });
}

TEST_CASE("what stands without a function") {
  check({
      {"[mail]", R"({"mail": "a@example.com"})", "a@example.com"},
      {"[mail]", R"({"mail": ["a", "b"]})", R"(["a","b"])"},
      {"[Mail]", R"({"mail": "a@example.com"})", "null"},
      {R"("fixed")", "", "fixed"},
      {"12", "", "12"},
      {"true", "", "True"},
      {"NULL", "", "null"},
      {R"([a] & "-" & [b])", R"({"a": "x", "b": 2})", "x-2"},
      {R"([a] & "-")", "", "-"},
      {"IgnoreAttributeFlow", "", "(attribute ignored)"},
      {"IgnoreObjectFlow", "", "(object ignored)"},
  });
}
