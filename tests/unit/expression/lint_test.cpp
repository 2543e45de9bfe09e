#include "lint_cases.h"

using namespace syncwright;
using namespace syncwright::expression;
using namespace syncwright::expression::lint_cases;

TEST_CASE("unknown functions, and those that are known by name alone") {
  CHECK(codes(R"(Append("a", Lefty([a], 1)))") == "3101@12");
  CHECK(shown("Lefty([a], 1)") == "SW3101: there is no function `Lefty`; did you mean `Left`?\n");
  CHECK(codes(R"(Contains([a], "b"))") == "3102@0");
  CHECK(codes(R"(CRef([manager]))", cloud_sync()) == "3102@0");
  CHECK(codes(R"(Left([a], 1))") == "");
}

TEST_CASE("functions of other languages are told by meaning, never by spelling") {
  const auto advice = [](const char* call) { return found(call).at(0).advice; };
  CHECK(shown("LCase([a])") == "SW3101: there is no function `LCase`; write ToLower(source)\n");
  CHECK(advice("UCase([a])") == "write ToUpper(source)");
  CHECK(advice("ucase([a])") == "write ToUpper(source)");
  CHECK(advice("Length([a])") == "write Len(source)");
  CHECK(advice("Right([a], 3)") ==
        "for a known length write IIF(Len([x])=\"10\", Mid([x], 8, 3), [x]), for any other "
        "Replace([x], , \"^.*(.{3})$\", , \"$1\", , ): the last 3 characters");
  CHECK(advice("Substring([a], 1, 2)") ==
        "write Mid(source, start, length): the first character is 1");
  CHECK(advice("If([a], 1, 2)") == "write IIF(condition, then, else)");
  CHECK(advice("TrimStart([a])") == R"(write Replace(source, , "^\\s+", , "", , ))");
  CHECK(advice("ToLowr([a])") == "did you mean `ToLower`?");
}

TEST_CASE("numbers of arguments") {
  CHECK(codes("Left([a])") == "3103@0");
  CHECK(codes("Left([a], 1, 2)") == "3103@0");
  CHECK(codes("Left(, 1)") == "3103@0");
  CHECK(codes("Now([a])") == "3103@0");
  CHECK(codes(R"(Join(","))") == "3103@0");
  CHECK(codes(R"(Switch([a], "b"))", cloud_sync()) == "3103@0 3122@0");
  CHECK(codes("SelectUniqueValue([a])", hr_to_ad()) == "3103@0");
  CHECK(codes(R"(FormatDateTime([a], "yyyy"))") == "3103@0");
  CHECK(shown("Mid([a], 1)") ==
        "SW3103: `Mid` takes 3 arguments, found 2; write Mid(source, start, length)\n");
  CHECK(shown("Now([a])") == "SW3103: `Now` takes no arguments, found 1; write Now()\n");
  CHECK(shown("Left([a], )") ==
        "SW3103: `length` is left out of `Left`; write Left(source, length)\n");

  CHECK(codes("ToLower([a], )") == "");
  CHECK(codes(R"(Replace([a], "@b", , , "", , ))") == "");
  CHECK(codes(R"(FormatDateTime([a], "yyyy", "MM"))") == "");
  CHECK(codes(R"(FormatDateTime([a], , , "MM"))") == "");
  CHECK(codes(R"(IIF([accountEnabled], "b", ))") == "");
}

TEST_CASE("a function that no reference lists is noted") {
  CHECK(shown("Len([a])") ==
        "SW3115: `Len` is in no reference of mapping expressions; it was seen to work in a live "
        "tenant: try the expression in the portal first\n");
  CHECK(find_catalog_entry("SW3115")->severity == Severity::note);
  CHECK(codes("Len([a], )") == "3103@0 3115@0");
  CHECK(codes("Count([a])") == "");
  CHECK(codes("IsNothing([a])") == "");  // Graph lists it
}

TEST_CASE("Switch wants a value for every key") {
  CHECK(codes(R"(Switch([IsSoftDeleted], "False", "True", "True", "False"))") == "3108@0");
  CHECK(codes(R"(Switch([IsSoftDeleted], , "False", "True", "True", "False"))") == "");
  CHECK(codes(R"(Switch([a], , "1", ))") == "");  // an empty value is a value
}

TEST_CASE("letter case of functions") {
  CHECK(codes("tolower([a])") == "3109@0");
  CHECK(codes(R"(Instr([a], "b"))") == "");
  CHECK(codes(R"(InStr([a], "b"))") == "");
  CHECK(codes(R"(instr([a], "b"))") == "3109@0");
}

TEST_CASE("constants that a function refuses") {
  CHECK(codes(R"(Mid([a], "x", 1))") == "3104@9");
  CHECK(codes("Left([a], 1.5)") == "3104@10");
  CHECK(codes(R"(Mid([a], "1", "+2"))") == "");
  CHECK(codes("BitAnd(&HF, -2147483648)") == "");
  CHECK(codes("Left([a], Count([b]))") == "");
  CHECK(codes(R"(Item(Split([a], ","), 0))") == "3104@0");
  CHECK(codes(R"(Item(Split([a], ","), 1))") == "");
  CHECK(
      shown("RandomString(257, 1, 1, 1, 1, )") ==
      "SW3104: RandomString: length is 257, it takes 1 to 256; it fails for every user: mend what "
      "it is given\n");
  CHECK(codes("RandomString(3, 1, 1, 1, 1, )") == "3104@0");
  CHECK(codes("RandomString(4, 1, 1, 1, 1, )") == "");
}

TEST_CASE("what the evaluation refuses for every input") {
  CHECK(
      shown(R"(Replace([a], " ", "_"))") ==
      "SW3116: the arguments of `Replace` fit no form; give Find with Replacement or Template, or "
      "RegularExpression with Replacement, with RegularExpressionGroupName and Replacement, or "
      "with RegularExpressionGroupName and ReplacementPropertyName\n");
  CHECK(codes("Replace([a])") == "3116@0");
  CHECK(codes(R"(Replace([a], " ", , , "_"))") == "");
  CHECK(codes(R"(Replace([a], "", , , "_"))") == "3104@13");
  CHECK(shown(R"(FormatDateTime([a], "Sometimes", , "yyyy"))") ==
        "SW3104: dateTimeStyle is `Sometimes`, which is none of .NET's; leave it empty, or write a "
        "name or number of .NET\n");
  CHECK(codes(R"(FormatDateTime([a], "32", , "yyyy"))") == "");
  CHECK(codes(R"(FormatDateTime([a], , , ""))") == "3104@24");
  CHECK(codes(R"(InStr([a], "b", 0))") == "3104@16");
  CHECK(codes(R"(InStr([a], "b", 1, "vbCompare"))") == "3104@19");
  CHECK(codes(R"(InStr([a], "b", 1, vbTextCompare))") == "");
  CHECK(shown("Mid([a], 0, 2)") ==
        "SW3104: `start` of `Mid` is 0, the least is 1; write 1 or more\n");
  CHECK(codes("Mid([a], 1, -1)") == "3104@12");
  CHECK(codes("Mid([a], 1, 0)") == "");
  CHECK(codes("DNComponent([a], 0)", cloud_sync()) == "3104@17");
  CHECK(codes(R"(ConvertFromBase64([a], "UTF32"))", cloud_sync()) == "3104@23");
  CHECK(codes(R"(ConvertFromBase64([a], "utf8"))", cloud_sync()) == "");
  CHECK(codes(R"(DateAdd("yyyy", 10000, [a]))") == "3104@16");
  CHECK(codes(R"(DateAdd("yyyy", -10000, [a]))") == "3104@16");
  CHECK(codes(R"(DateAdd("yyyy", 60, [a]))") == "");
}

TEST_CASE("constants that are no dates") {
  CHECK(shown(R"(CDate("soon"))") ==
        "SW3117: `expression` of `CDate` is `soon`, which is no date; write it as ISO 8601 does, "
        "for example \"2026-11-28\"\n");
  CHECK(codes(R"(DateDiff("d", "soon", Now()))") == "3117@14");
  CHECK(codes(R"(DateAdd("d", 1, "soon"))") == "3117@16");
  CHECK(codes(R"(NumFromDate("soon"))") == "3117@12");
  CHECK(codes(R"(CDate("2021-06-30+08:00"))") == "");
  CHECK(codes(R"(CDate("8/25/2021 5:41:18 PM"))") == "");
  CHECK(codes("CDate([a])") == "");
}

TEST_CASE("intervals, regular expressions") {
  CHECK(codes(R"(DateAdd("days", 1, [a]))") == "3105@8");
  CHECK(codes(R"(DateDiff("ww", [a], Now()))") == "");
  CHECK(codes(R"_(Replace([a], , "(b", , "", , ))_") == "3106@15");
  CHECK(codes(R"_(Replace([a], , "(?<n>b)", "m", "", , ))_") == "3106@26");
  CHECK(codes(R"_(Replace([a], , "(?<n>b)", "n", "", , ))_") == "");
}

TEST_CASE("date formats") {
  const auto format = [](std::string_view text) {
    return codes(fmt::format("FormatDateTime([a], , , \"{}\")", text));
  };
  for (const char* good : {"yyyy-MM-dd", "yyyyMMddHHmmss.fZ", "yyyy-MM-ddTHH:mm:ssZ", "d", "R",
                           "M/d/yyyy h:mm:ss tt", "dd 'of' MMMM", "HH:mm", "%d", "yyyy-MM-ddzzz"}) {
    CAPTURE(good);
    CHECK(format(good) == "");
  }
  for (const char* bad : {"YYYY-MM-DD", "yyyy-mm-dd", "q", "dd 'of MMMM", "---", "%", "HH:mm AM",
                          "ffffffff", "dd of MM"}) {
    CAPTURE(bad);
    CHECK(format(bad) == "3107@24");
  }
  CHECK(codes(R"(FormatDateTime([a], , "", "yyyy"))") == "");
}

TEST_CASE("spelling: blanks, backslashes, parameters") {
  CHECK(codes("Trim([ a])", cloud_sync()) == "3110@5");
  CHECK(codes("[a ]") == "3110@0");
  CHECK(codes("[a b]") == "");
  CHECK(codes(R"(Replace([a], , "x\d+\w", , "", , ))") == "3111@17");
  CHECK(codes(R"(Replace([a], , "x\\d+", , "\"", , ))") == "");
  CHECK(codes(R"([emails[type eq "a\b"].value])") == "");
  CHECK(codes(R"(Append([a], %DomainFqdn%))") == "3112@12");
  CHECK(codes(R"(Append([a], %DomainFQDN%))") == "");
  CHECK(codes(R"(Append([a], %DomainNetBios%))") == "");
}

TEST_CASE("what exists in Cloud Sync alone") {
  CHECK(codes(R"([a] & "b")") == "3113@4");
  CHECK(codes(R"(BitAnd([a], 1 & &HF))") == "3113@14");
  CHECK(codes(R"([a] & "b")", cloud_sync()) == "");
  CHECK(codes("Trim([a])") == "3114@0");
  CHECK(codes("Trim([a])", cloud_sync()) == "");
}

TEST_CASE("conditions on attributes that may be empty") {
  CHECK(codes(R"(IIF([a]="b", [c], [d]))") == "3120@4");
  CHECK(codes(R"(IIF(IsPresent([a]), [a], [d]))") == "3120@14");
  CHECK(codes(R"(CBool([a]="b"))") == "3120@6");
  CHECK(codes(R"(IIF([a]="b", "1", IIF([a]="c", "2", IIF([b]="d", "3", ))))") == "3120@4 3120@40");
  CHECK(codes(R"(IIF([a]="b", [c], [d]))", hr_to_ad()) == "3120@4");
  CHECK(codes(R"(IIF([a]="b", [c], [d]))", cloud_sync()) == "");
  CHECK(codes(R"(IIF([accountEnabled]="True", [c], [d]))") == "");
  CHECK(codes(R"(IIF(Coalesce([a], "none")="b", [c], [d]))") == "");
  CHECK(codes(R"(IIF(Coalesce([a], [b])="b", [c], [d]))") == "3120@13 3120@18");
}

TEST_CASE("Switch on what may read as null") {
  CHECK(codes(R"(Switch(IsPresent([a]), , "True", [a]))") == "3121@7");
  CHECK(codes(R"(Switch(IsNullOrEmpty([a]), "b", "True", [a]))") == "3121@7");
  CHECK(codes(R"(Switch([a], "other", "b", "c"))") == "3122@0");
  CHECK(codes(R"(Switch([a], [a], "", "c"))") == "3122@0");
  CHECK(codes(R"(Switch([a], "x", "b", Switch([c], "y", "d", "e")))") == "3122@0");  // once
  CHECK(codes(R"(Switch([a], , "b", "c"))") == "");
  CHECK(codes(R"(Switch([a], "", "b", "c"))") == "");
  CHECK(codes(R"(Switch([IsSoftDeleted], "x", "True", "False"))") == "");
  CHECK(codes(R"(Switch("b", "x", "b", "c"))") == "");
  CHECK(codes(R"(Switch([a], Error("no"), "b", "c"))", cloud_sync()) == "");
  LintContext creation;
  creation.only_at_creation = true;
  CHECK(codes(R"(Switch([a], "other", "b", "c"))", creation) == "");
}

TEST_CASE("Coalesce where a text may be empty and not null") {
  CHECK(codes(R"(Coalesce("", [a]))") == "3123@9");
  CHECK(codes(R"(Coalesce([b], Join("", [a]), [c]))") == "3123@14");
  CHECK(codes("Coalesce([a], [b])", hr_to_ad()) == "3123@9");
  CHECK(codes("Coalesce([a], [b])") == "");
  CHECK(codes(R"(Coalesce([a], ""))") == "");  // nothing comes behind it
  CHECK(codes("Coalesce(StripSpaces([a]), [b])") == "");
}

TEST_CASE("empty texts for Active Directory") {
  LintContext context = hr_to_ad();
  CHECK(codes(R"("")", context) == "3124@0");
  CHECK(codes(R"(IIF([accountEnabled], Switch([a], "", "b", ""), [c]))", context) ==
        "3124@34 3124@43");
  CHECK(codes(R"(IgnoreFlowIfNullOrEmpty(IIF([accountEnabled], "", [c])))", context) == "");
  CHECK(codes(R"(Join("", [a], [b]))", context) == "");
  CHECK(codes(R"(Switch([a], , "", "b"))", context) == "");  // a key
  CHECK(codes(R"("")") == "");
  context.cloud_sync = true;
  CHECK(codes(R"("")", context) == "");
}

TEST_CASE("role functions, references") {
  LintContext context;
  context.reference_attributes = {"manager"};
  CHECK(codes("SingleAppRoleAssignment([appRoleAssignments])", context) == "");
  CHECK(codes(R"(Coalesce([manager], "none"))", context) == "3131@9");
  CHECK(codes("[manager]", context) == "");
  CHECK(codes("ToLower([managers])", context) == "");
  context.scope_all = true;
  CHECK(codes("SingleAppRoleAssignment([appRoleAssignments])", context) == "3130@0");
  CHECK(codes("AssertiveAppRoleAssignmentsComplex([appRoleAssignments])", context) == "3130@0");
}

TEST_CASE("SelectUniqueValue's four rules") {
  const std::string unique = "SelectUniqueValue([a], [b])";
  CHECK(codes(unique, hr_to_ad()) == "");
  CHECK(codes("ToLower(" + unique + ")", hr_to_ad()) == "3132@8");
  LintContext context = hr_to_ad();
  context.matches = true;
  CHECK(codes(unique, context) == "3133@0");
  context = hr_to_ad();
  context.only_at_creation = false;
  CHECK(codes(unique, context) == "3134@0");
  context = hr_to_ad();
  context.to_active_directory = false;
  CHECK(codes(unique, context) == "3135@0");
  CHECK(codes(unique) == "3134@0 3135@0");
}

TEST_CASE("letters that NormalizeDiacritics may not know") {
  CHECK(codes("NormalizeDiacritics(Append([a], \"\xC4\x91\"))") == "3136@32");
  CHECK(codes("NormalizeDiacritics(Append([a], \"\xC3\xB8\"))") == "");
  CHECK(codes("Append([a], \"\xC4\x91\")") == "");
}

TEST_CASE("an expression without its text, and a deep one") {
  const auto expression = parse_expression("Switch([ a], \"x\", \"b\\d\", Foo([c]))");
  REQUIRE(expression.has_value());
  std::string codes;
  for (const LintFinding& finding : lint(*expression, ""))
    codes += std::string(to_string(finding.code));
  CHECK(codes == "SW3122SW3101");

  std::string deep = "[a]";
  for (int level = 0; level < 60; ++level) deep = "IIF(" + deep + "=\"b\", [c], [d])";
  CHECK(found(deep).size() == 3);  // [a], [c], [d], each once
}
