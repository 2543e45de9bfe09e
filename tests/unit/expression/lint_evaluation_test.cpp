#include "lint_cases.h"

using namespace syncwright;
using namespace syncwright::expression;
using namespace syncwright::expression::lint_cases;

namespace {

/// The advice of an error, behind its message.
constexpr const char* kCertain = "; it fails for every user: mend what it is given\n";

std::string certain(std::string_view message) {
  return fmt::format("SW3104: {}{}", message, kCertain);
}

}  // namespace

TEST_CASE("a call that does not depend on the user is evaluated, and its failure told") {
  CHECK(shown(R"(FormatDateTime("abc", , "dd/MM/yyyy", "yyyy-MM-dd"))") ==
        certain("FormatDateTime: \"abc\" is no date of the format \"dd/MM/yyyy\""));
  CHECK(shown("DateFromNum(-1)") ==
        certain("DateFromNum: -1 is no file time between the years 1601 and 9999"));
  CHECK(shown("RandomString(10, -1, 0, 0, 0)") ==
        certain("RandomString: minimumNumbers is -1, it cannot be negative"));
  CHECK(shown(R"(RandomString(10, 1, 1, 1, 1, "0123456789"))") ==
        certain("RandomString: minimumNumbers is 1, but charactersToAvoid holds all of them"));
  CHECK(shown(R"(IIF("abc", "a", "b"))") ==
        certain("IIF: the condition is `abc`, True or False is needed"));
  CHECK(shown(R"(IIF(Join(",", "a"), "x", "y"))") ==
        certain("IIF: the condition is `a`, True or False is needed"));
  CHECK(shown(R"(Item(Split("a,b", ","), 3))") ==
        certain("Item: index is 3, the source has 2 elements and the first is 1"));
  for (const char* text : {R"(DateAdd("d", 3000000, Now()))", R"(DateAdd("yyyy", 9000, Now()))"}) {
    CHECK(shown(text) == certain("DateAdd: the date would lie outside the years 1 to 9999"));
  }
  CHECK(shown(R"(ConvertFromBase64("!!!"))", cloud_sync()) ==
        certain("ConvertFromBase64: the text is not base64"));
  CHECK(shown(R"(DNComponent("CN=a", 5))", cloud_sync()) ==
        certain("DNComponent: there is no component 5 in a distinguished name of 1"));
}

TEST_CASE("it may hold what depends on the user behind what fails") {
  CHECK(codes(R"(IIF("abc", [a], [b]))") == "3104@0");
  CHECK(codes(R"(Join("-", [a], Item(Split("a,b", ","), 3)))") == "3104@15");
  CHECK(codes(R"(Append([a], Append("b", Item("c", 2))))") == "3104@24");
  CHECK(codes(R"(Foo(Item("c", 2)))") == "3101@0 3126@4");
}

TEST_CASE("a comparison with nothing fails on either side, where the project does not allow it") {
  CHECK(shown(R"(IIF(NULL=[accountEnabled], "b", "c"))") ==
        certain("a comparison with nothing fails, whatever stands on the other side"));
  CHECK(codes(R"(IIF([mail]=NULL, "b", "c"))") == "3104@4 3120@4");
  CHECK(codes(R"(CBool([accountEnabled] <> Coalesce(NULL, )))") == "3104@6");
  LintContext kinder;
  kinder.settings.null_comparison_fails = false;
  CHECK(codes(R"(IIF(NULL=[accountEnabled], "b", "c"))", kinder) == "");
  CHECK(codes(R"(IIF("a"="", "b", "c"))") == "");
}

TEST_CASE("what fails in a branch is a warning, unless every user comes there") {
  const std::string bad = R"(Item("c", 2))";
  CHECK(
      shown("IIF([accountEnabled], " + bad + R"(, "x"))") ==
      "SW3126: Item: index is 2, the source has 1 elements and the first is 1; it fails for every "
      "user who comes to this branch: mend it, or say so by Error(\"..\")\n");
  CHECK(codes("IIF([accountEnabled], [a], " + bad + ")") == "3126@27");
  CHECK(codes("Switch([IsSoftDeleted], , \"True\", " + bad + ")") == "3126@34");
  CHECK(codes("Switch([a], , " + bad + ", \"x\")") == "3104@14");  // the first key
  CHECK(codes("Switch([a], , \"x\", \"y\", " + bad + ", \"z\")") == "3126@24");
  CHECK(codes("Coalesce([a], " + bad + ")") == "3126@14");
  CHECK(codes("Coalesce(" + bad + ", [a])") == "3104@9");
  CHECK(codes("SelectUniqueValue([a], " + bad + ")", hr_to_ad()) == "3126@23");
  CHECK(codes("IIF(true, " + bad + R"(, "x"))") == "3104@10");
  CHECK(codes("IIF(false, " + bad + R"(, "x"))") == "3126@11");
  CHECK(codes("IIF([accountEnabled], IIF(true, " + bad + R"(, "x"), "y"))") == "3126@32");
  CHECK(codes("IIF(" + bad + R"(="c", "x", "y"))") == "3104@4");
}

TEST_CASE("what the author wants, and what only the tenant knows, is no finding") {
  CHECK(codes(R"(Error("no"))", cloud_sync()) == "");
  CHECK(codes(R"(IIF(true, Error("no"), "a"))", cloud_sync()) == "");
  CHECK(codes("IIF(true, IgnoreAttributeFlow, \"a\")") == "");
  CHECK(codes(R"(IgnoreFlowIfNullOrEmpty(""))") == "");
  CHECK(codes("CDate(DefaultDomain())") == "");
  CHECK(codes("Item(%DomainFQDN%, 2)") == "");
  CHECK(codes(R"(Contains("a", "b"))") == "3102@0");
  CHECK(codes(R"(SingleAppRoleAssignment("a"))") == "");
  CHECK(codes(R"(SelectUniqueValue("a", "b"))", hr_to_ad()) == "");
}

TEST_CASE("what succeeds is no finding") {
  for (const char* text :
       {R"(FormatDateTime("30/11/2026", , "dd/MM/yyyy", "yyyy-MM-dd"))", "DateFromNum(0)",
        "RandomString(10, 1, 1, 1, 1, \"012345678\")", R"(IIF("True", "a", "b"))",
        R"(IIF("1", "a", "b"))", R"(Item(Split("a,b", ","), 2))", R"(DateAdd("yyyy", 60, Now()))",
        R"(FormatDateTime(Now(), , , "yyyy"))", R"(FormatDateTime("", , "yyyy", "MM"))", "Guid()",
        R"(IIF("a"="a", "b", "c"))", R"(Coalesce(NULL, "a"))", R"(Switch("a", , "a", ))"}) {
    CAPTURE(text);
    CHECK(codes(text) == "");
  }
}

TEST_CASE("a bound of ours is no fault of the expression") {
  CHECK(
      codes(
          R"_(Replace("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", , "(?:x+x+)+[yz]", , "", , ))_") ==
      "");
  std::string nested = R"("x")";
  for (int level = 0; level < 30; ++level) {
    nested = "Replace(" + nested + R"(, "x", , , , , "xxxxxxxx"))";
  }
  CHECK(codes(nested) == "");
}

TEST_CASE("a text that is no date as far as we know is a warning wherever it comes from") {
  CHECK(shown(R"(FormatDateTime("soon", , , "yyyy"))") ==
        "SW3117: FormatDateTime: \"soon\" is no date; write it as ISO 8601 does, for example "
        "\"2026-11-28\"\n");
  CHECK(codes(R"(CDate(Append("so", "on")))") == "3117@0");
  CHECK(codes(R"(CDate(NULL))") == "3104@0");
}

TEST_CASE("a failure is told once, by the rule that names the argument where there is one") {
  CHECK(codes(R"(Mid("abc", 0, 1))") == "3104@11");
  CHECK(codes(R"(ToLower(Mid("abc", 0, 1)))") == "3104@19");
  CHECK(codes(R"(DateAdd("days", 1, Now()))") == "3105@8");
  CHECK(codes(R"_(Replace("abc", , "(b", , "", , ))_") == "3106@17");
  CHECK(codes(R"(Replace("abc", "b", "c"))") == "3116@0");
  CHECK(codes(R"(CDate("soon"))") == "3117@6");
  CHECK(codes(R"(Append("a", Item(Split("a,b", ","), 3)))") == "3104@12");
}

TEST_CASE("a regular expression of .NET that we cannot carry out is no fault") {
  CHECK(shown(R"_(Replace([department], , "(?<a>x)(?<-a>y)", , "_", , ))_") ==
        "SW3106: the regular expression has a balancing group, which has no translation, at "
        "character 8; the service may take it, syncwright cannot carry it out: write it in another "
        "way, or try it with provision on demand\n");
  CHECK(codes(R"_(Replace("abc", , "\\Gx", , "_", , ))_") == "3106@17");
  CHECK(shown(R"_(Replace([a], , "(b", , "", , ))_") ==
        "SW3106: the regular expression has a ( without its ) at character 1; write it in the "
        "dialect of .NET\n");
}

TEST_CASE("a hexadecimal number that fits nowhere") {
  const std::string message =
      "SW3104: the number `&HFFFFFFFFFFFFFFFFFF` does not fit into 64 bits; write 16 hexadecimal "
      "digits at most\n";
  CHECK(shown("&HFFFFFFFFFFFFFFFFFF") == message);
  CHECK(shown("BitAnd(&HFFFFFFFFFFFFFFFFFF, 1)") == message);
  CHECK(codes(R"(IIF([accountEnabled]=&HFFFFFFFFFFFFFFFFFF, "a", "b"))") == "3104@21");
  CHECK(codes("&HFFFFFFFFFFFFFFFF") == "");
  CHECK(codes(R"("&HFFFFFFFFFFFFFFFFFF")") == "");
}

TEST_CASE("words of the language where they do not belong") {
  CHECK(shown(R"(InStr([a], "b", 1, UTF8))") ==
        "SW3104: `UTF8` is no way to compare of `InStr`; write vbTextCompare or "
        "vbBinaryCompare\n");
  CHECK(codes(R"(InStr([a], "b", 1, true))") == "3104@19");
  CHECK(codes(R"(ConvertFromBase64([a], vbTextCompare))", cloud_sync()) == "3104@23");
  CHECK(codes(R"(FormatDateTime([a], ASCII, , "yyyy"))") == "3104@20");
  CHECK(codes("Left([a], UTF8)") == "3104@10");
  CHECK(codes("Left([a], NULL)") == "3104@10");
  CHECK(codes("DateAdd(UTF8, 1, [a])") == "3105@8");
  CHECK(shown("Append([a], Unicode)") ==
        "SW3127: `Unicode` is a word for `encoding`, and stands elsewhere; where the text is meant "
        "write \"Unicode\"\n");
  CHECK(codes(R"(IIF([accountEnabled], UTF8, "b"))") == "3127@22");
  CHECK(codes(R"(InStr([a], vbBinaryCompare))") == "3127@11");
  CHECK(codes(R"(InStr([a], "b", , vbBinaryCompare))") == "");
  CHECK(codes("ConvertFromBase64([a], UTF8)", cloud_sync()) == "");
  CHECK(codes("IIF([accountEnabled], true, NULL)") == "");
}

TEST_CASE("no message quotes a constant of any length") {
  const std::string huge = "\"" + std::string(3'000, 'x') + "\"";
  for (const std::string& text :
       {"Mid([a], " + huge + ", 1)", "CDate(" + huge + ")", "DateAdd(" + huge + ", 1, [a])",
        "FormatDateTime([a], " + huge + R"(, , "yyyy"))", "FormatDateTime([a], , , " + huge + ")",
        "InStr([a], \"b\", 1, " + huge + ")", "IIF(" + huge + ", 1, 2)",
        "Replace([a], , \"(b)\", " + huge + ", \"\", , )",
        "Replace([a], , \"[" + std::string(3'000, 'x') + "]\\\\*\", , \"\", , )",
        "Replace([a], , \"@" + std::string(3'000, 'x') + ".com\", , \"\", , )",
        "Replace([a], , \"\\\\k<" + std::string(3'000, 'x') + ">\", , \"\", , )",
        "NormalizeDiacritics(\"\xC4\x91" + std::string(3'000, 'x') + "\")",
        "IIF([" + std::string(3'000, 'x') + "]=\"a\", 1, 2)", "[ " + std::string(3'000, 'x') + "]",
        std::string(3'000, 'x') + "([a])", "Append([a], %" + std::string(3'000, 'x') + "%)",
        "ConvertFromBase64([a], " + huge + ")", "&H" + std::string(3'000, 'F')}) {
    CAPTURE(text.substr(0, 60));
    const auto findings = found(text);
    CHECK_FALSE(findings.empty());
    for (const LintFinding& finding : findings) {
      CHECK(finding.message.size() < 300);
      CHECK(finding.advice.size() < 300);
    }
  }
}
