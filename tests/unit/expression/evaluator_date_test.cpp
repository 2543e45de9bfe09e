#include "evaluator_cases.h"
#include "syncwright/core/clock.h"

using namespace syncwright;
using namespace syncwright::expression;

TEST_CASE("CDate reads dates as UTC") {
  check({
      {R"(CDate("2024-03-01"))", "", "3/1/2024 12:00:00 AM"},
      {R"(CDate("2024-03-01T23:30:00-02:00"))", "", "3/2/2024 1:30:00 AM"},
      {R"(CDate("12/31/2023 1:05:09 PM"))", "", "12/31/2023 1:05:09 PM"},
      {"CDate([d])", "", "error at 0: CDate: expression is nothing, a date is needed"},
      {"CDate([d])", R"({"d": ""})", "error at 0: CDate: expression is ``, a date is needed"},
      {R"(CDate(CDate("2024-03-01")))", "", "3/1/2024 12:00:00 AM"},
  });
  CHECK(evaluated(R"(CDate("soon"))").starts_with("error at 0: CDate: "));
}

TEST_CASE("DateAdd and DateDiff calculate in the named interval") {
  check({
      {R"(DateAdd("m", 1, CDate("2024-01-31")))", "", "2/29/2024 12:00:00 AM"},
      {R"(DateAdd("h", "-25", "2024-01-02"))", "", "12/31/2023 11:00:00 PM"},
      {R"(DateDiff("d", "2024-02-28", "2024-03-01"))", "", "2"},
      {R"(DateDiff("m", [a], [b]))", R"({"a": "2024-03-31", "b": "2024-02-01"})", "-1"},
      {R"(DateDiff("d", [a], "2024-03-01"))", "",
       "error at 0: DateDiff: date1 is nothing, a date is needed"},
      {R"(DateAdd("d", "x", [a]))", R"({"a": "2024-03-31"})",
       "error at 0: DateAdd: value is `x`, a whole number is needed"},
  });
  CHECK(evaluated(R"(DateAdd("moons", 1, "2024-01-01"))").starts_with("error at 0: DateAdd: "));
  CHECK(evaluated(R"(DateAdd("yyyy", 9000, "2024-01-01"))").starts_with("error at 0: DateAdd: "));
}

TEST_CASE("file times are 100 nanoseconds since 1601") {
  check({
      {"DateFromNum(0)", "", "1/1/1601 12:00:00 AM"},
      {"DateFromNum([n])", R"({"n": "133536384000000000"})", "2/29/2024 12:00:00 AM"},
      {"DateFromNum([n])", "", "null"},
      {"DateFromNum([n])", R"({"n": "x"})",
       "error at 0: DateFromNum: source is `x`, a whole number is needed"},
      {R"(NumFromDate("2024-02-29T01:00:00+01:00"))", "", "133536384000000000"},
      {R"(NumFromDate(CDate("1601-01-01")))", "", "0"},
  });
}

TEST_CASE("FormatDateTime writes the clock of the source") {
  check({
      {R"(FormatDateTime([d], "RoundtripKind", "yyyy-MM-dd", "dd.MM.yyyy"))",
       R"({"d": "2024-02-03"})", "03.02.2024"},
      {R"(FormatDateTime([d], "yyyy-MM-dd", "yyyyMMdd"))", R"({"d": "2024-02-03"})", "20240203"},
      {R"(FormatDateTime([d], , , "yyyy-MM-dd HH:mm"))", R"({"d": "2024-02-03T23:00:00-05:00"})",
       "2024-02-03 23:00"},
      {R"(FormatDateTime([d], "AdjustToUniversal", , "yyyy-MM-dd HH:mm"))",
       R"({"d": "2024-02-03T23:00:00-05:00"})", "2024-02-04 04:00"},
      {R"(FormatDateTime(CDate([d]), , "dd.MM.yyyy", "yyyy"))", R"({"d": "2024-02-03"})", "2024"},
      {R"(FormatDateTime([d], , "yyyy-MM-dd", "MM"))", R"({"d": ["2024-02-03", "2024-11-03"]})",
       R"(["02","11"])"},
      {R"(FormatDateTime([d], , "yyyy-MM-dd", "MM"))", "", "null"},
      {R"(FormatDateTime([d], "Sloppy, None", "yyyy", "MM"))", R"({"d": "2024"})",
       "error at 0: FormatDateTime: dateTimeStyle is `Sloppy`, which is none of .NET's"},
      {R"(FormatDateTime([d], , "yyyy", ""))", R"({"d": "2024"})",
       "error at 0: FormatDateTime: outputFormat is empty"},
      {R"(FormatDateTime([d], "yyyy"))", R"({"d": "2024"})",
       "error at 0: `FormatDateTime` takes 3 to 4 arguments, found 2"},
  });
  CHECK(evaluated(R"(FormatDateTime([d], , "yyyy-MM-dd", "MM"))", R"({"d": "3 Feb"})")
            .starts_with("error at 0: FormatDateTime: "));
}

TEST_CASE("dateTimeStyle is any sum of .NET's flags, by number or by name") {
  for (const char* style : {"", "0", "32", "255", "AssumeLocal",
                            "assumeuniversal , AllowWhiteSpaces", "1,2,4", "RoundtripKind, 7"}) {
    INFO(style);
    CHECK(evaluated(R"(FormatDateTime([d], [style], "yyyy-MM-dd HH:mmK", "dd HH:mm"))",
                    R"({"d": "2024-02-03 23:00Z", "style": ")" + std::string(style) + "\"}") ==
          "03 23:00");
  }
  for (const char* style :
       {"16", "48", "AdjustToUniversal", "AssumeUniversal, AdjustToUniversal"}) {
    INFO(style);
    CHECK(evaluated(R"(FormatDateTime([d], [style], , "dd HH:mm"))",
                    R"({"d": "2024-02-03T23:00:00-05:00", "style": ")" + std::string(style) +
                        "\"}") == "04 04:00");
  }
  CHECK(evaluated(R"(FormatDateTime("25/12/2025", 32, "dd/MM/yyyy", "yyyy"))") == "2025");
  for (const char* style : {"256", "-1", "32.5", "AssumeLocal 32"}) {
    INFO(style);
    CHECK(evaluated(R"(FormatDateTime("2024", [style], "yyyy", "MM"))",
                    R"({"style": ")" + std::string(style) + "\"}") ==
          "error at 0: FormatDateTime: dateTimeStyle is `" + std::string(style) +
              "`, which is none of .NET's");
  }
}

TEST_CASE("Now is the time of the input") {
  const AttributeMap none;
  EvaluationInput input{.attributes = none};
  input.now = parse_rfc3339("2024-02-03T15:04:05Z").value();
  const auto at_that_time = [&](std::string_view text) {
    return shown(Evaluator(parsed_expression(text)).evaluate(input));
  };
  CHECK(at_that_time("Now()") == "2/3/2024 3:04:05 PM");
  CHECK(at_that_time(R"(DateDiff("n", Now(), "2024-02-03T16:00:00Z"))") == "55");
}
