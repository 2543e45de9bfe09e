#include "syncwright/report/formats.h"

#include <doctest/doctest.h>

#include <map>
#include <set>

using namespace syncwright;
using namespace syncwright::report;

namespace {

using Names = std::vector<std::string_view>;

}  // namespace

TEST_CASE("the table says which command writes which format") {
  CHECK(report_formats("validate") == Names{"text", "json", "markdown", "sarif"});
  CHECK(report_formats("test") == Names{"text", "json", "markdown", "junit", "sarif", "html"});
  CHECK(report_formats("plan") == Names{"text", "json", "markdown", "junit", "sarif", "html"});
  CHECK(report_formats("show") == Names{"text", "json", "markdown"});
  CHECK(report_formats("apply") == Names{"text", "json", "markdown", "junit", "html"});
  CHECK(report_formats("drift") ==
        Names{"text", "json", "markdown", "junit", "sarif", "openmetrics", "html"});
  CHECK(report_formats("status") == Names{"text", "json", "markdown", "openmetrics", "html"});
  CHECK(report_formats("whoami") == Names{"text", "json", "markdown"});
  CHECK(report_formats("completion").empty());
  CHECK(reporting_commands() == Names{"validate", "test", "plan", "show", "apply", "drift",
                                      "status", "logs", "eval", "catalog", "provision", "job",
                                      "explain", "schema", "whoami", "version", "export"});
  CHECK(commands_of(Format::sarif) == Names{"validate", "test", "plan", "drift"});
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
  const plan::ApplyReport outcomes;
  const ApplyResult applied{outcomes, file.plan};
  const std::vector<StatusRow> jobs;
  const StatusReport status{jobs, jobs, "contoso", "", true};
  const std::vector<LogRow> entries;
  const LogReport log{entries};
  const Answer answer{"eval", [](const Style&) { return std::string("x\n"); }, "{}\n"};
  const std::map<std::string_view, Report> reports{
      {"plan", plan},  {"show", plan},     {"drift", differences}, {"validate", validation},
      {"test", tests}, {"apply", applied}, {"status", status},     {"logs", log}};
  for (const std::string_view command : reporting_commands()) {
    for (const std::string_view name : report_formats(command)) {
      if (name == Format::html.name) continue;  // of more than the result (page_inputs.h)
      CAPTURE(command);
      CAPTURE(name);
      const auto found = reports.find(command);
      const Report report = found == reports.end() ? Report(answer) : found->second;
      CHECK(render_report(report, *find_format(name), {}) != "");
    }
  }
  CHECK(render_report(plan, *find_format("openmetrics"), {}) == "");
}

TEST_CASE("a report of validate holds the diagnostics, and its verdict stands alone as well") {
  Diagnostics diagnostics;
  diagnostics.add(Code::SW1001, {}, "unknown key `galery`", "did you mean `gallery`?");
  const Validation invalid{diagnostics, [](const std::string&) { return std::string_view(); }, 1,
                           1};
  CHECK(render_verdict(invalid) == "");
  const std::string text = render_report(invalid, Format::text, {});
  CHECK(text.find("unknown key `galery`") != std::string::npos);
  CHECK(text.ends_with("1 error\n"));
  const Diagnostics none;
  CHECK(render_report(Validation{none, {}, 2, 1}, Format::text, {}) ==
        "Valid: 2 applications in 1 file.\n");
}
