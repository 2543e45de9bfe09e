#include "syncwright/report/formats.h"

#include <doctest/doctest.h>

#include <set>

using namespace syncwright;
using namespace syncwright::report;

namespace {

using Names = std::vector<std::string_view>;

}  // namespace

TEST_CASE("the table says which command writes which format") {
  CHECK(report_formats("plan") == Names{"text", "json", "markdown"});
  CHECK(report_formats("show") == report_formats("plan"));
  CHECK(report_formats("drift") == report_formats("plan"));
  CHECK(report_formats("validate") == Names{"text", "json"});
  CHECK(report_formats("test") == Names{"text", "json", "markdown", "junit"});
  CHECK(report_formats("apply").empty());
  CHECK(reporting_commands() == Names{"plan", "show", "drift", "validate", "test"});
}

TEST_CASE("a format is named once, and no command twice in it") {
  std::set<std::string_view> names;
  for (const FormatInfo& info : formats()) {
    CAPTURE(info.name);
    CHECK(names.insert(info.name).second);
    CHECK(find_format(info.name).has_value());
    const std::set<std::string_view> commands(info.commands.begin(), info.commands.end());
    CHECK(commands.size() == info.commands.size());
  }
  CHECK_FALSE(find_format("yaml").has_value());
}

TEST_CASE("every renderer of the table is reached") {
  const plan::PlanFile file;
  const plan::Drift drift;
  Diagnostics diagnostics;
  const std::vector<mapping_tests::MappingTestResult> results;
  const PlanReport plan{file, file.plan, {}};
  const DriftReport differences{drift, drift, {}};
  const Validation validation{diagnostics, {}, 1, 1};
  const MappingTestReport tests{results};
  const std::map<std::string_view, Report> reports{{"plan", plan},
                                                   {"show", plan},
                                                   {"drift", differences},
                                                   {"validate", validation},
                                                   {"test", tests}};
  for (const std::string_view command : reporting_commands()) {
    for (const std::string_view name : report_formats(command)) {
      CAPTURE(command);
      CAPTURE(name);
      CHECK(render_report(reports.at(command), *find_format(name), Style{}) != "");
    }
  }
  CHECK(render_report(plan, *find_format("junit"), Style{}) == "");
}

TEST_CASE("a report of validate holds the diagnostics, and its verdict stands alone as well") {
  Diagnostics diagnostics;
  diagnostics.add(Code::SW1001, {}, "unknown key `galery`", "did you mean `gallery`?");
  const Validation invalid{diagnostics, [](const std::string&) { return std::string_view(); }, 1,
                           1};
  CHECK(render_verdict(invalid) == "");
  const std::string text = render_report(invalid, Format::text, Style{});
  CHECK(text.find("unknown key `galery`") != std::string::npos);
  CHECK(text.ends_with("1 error\n"));
  const Diagnostics none;
  CHECK(render_report(Validation{none, {}, 2, 1}, Format::text, Style{}) ==
        "Valid: 2 applications in 1 file.\n");
}
