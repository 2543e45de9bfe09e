#include "report/mapping_test_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/layout/page.h"
#include "report/layout/text_layout.h"
#include "report/markdown/markdown.h"
#include "report/text/step_text.h"
#include "report/words/change_words.h"
#include "report/words/value_words.h"
#include "syncwright/core/text.h"
#include "syncwright/report/escape.h"

namespace syncwright::report {
namespace {

constexpr std::size_t kCaseIndent = 6;
constexpr std::size_t kFaultIndent = 8;
constexpr const char* kNoTests = "No tests: the manifests hold no document of kind MappingTest.\n";

struct Totals {
  std::size_t cases = 0;
  std::size_t failed = 0;
};

Totals totals_of(const std::vector<mapping_tests::MappingTestResult>& results) {
  Totals totals;
  for (const mapping_tests::MappingTestResult& result : results) {
    totals.cases += result.cases.size();
    totals.failed += result.count_failed();
  }
  return totals;
}

/// A text in quotes: blanks at its ends, and that it is one, count in a comparison.
std::string value_text(const Json& value) {
  return value.is_null() ? "nothing" : escape_terminal(canonical_json(value));
}

/// The steps without the mappings that are right: a reader looks for one wrong mapping among many.
std::vector<provisioning::StepRow> telling_steps(const mapping_tests::MappingCaseResult& result) {
  std::vector<provisioning::StepRow> steps = result.steps;
  for (provisioning::StepRow& step : steps) {
    if (step.subjects.size() != step.details.size()) continue;
    std::vector<std::string> kept;
    for (std::size_t i = 0; i < step.details.size(); ++i) {
      const bool is_at_fault = std::any_of(result.faults.begin(), result.faults.end(),
                                           [&](const mapping_tests::MappingFault& fault) {
                                             return fault.attribute == step.subjects[i];
                                           });
      if (is_at_fault) kept.push_back(step.details[i]);
    }
    const std::size_t hidden = step.details.size() - kept.size();
    if (hidden < 2) continue;  // one line says no less than that it is left out
    kept.push_back(fmt::format("(and {} more, shown with -v)", hidden));
    step.details = std::move(kept);
  }
  return steps;
}

void append_failed_case(Page& page, const mapping_tests::MappingCaseResult& result) {
  page.line(std::string(kCaseIndent, ' ') +
            page.paint(Tone::bad, "FAIL  " + escape_terminal(result.name)) + "  " +
            page.paint(Tone::faint, in_brackets(position_of(result.where))));
  std::size_t width = 0;
  for (const mapping_tests::MappingFault& fault : result.faults) {
    width = std::max(width, display_width(escape_terminal(fault.what)));
  }
  for (const mapping_tests::MappingFault& fault : result.faults) {
    page.fact(kFaultIndent, escape_terminal(fault.what), kFaultIndent + width + 2,
              fault_words(fault));
  }
}

std::string test_line(const mapping_tests::MappingTestResult& result, std::size_t width,
                      const Style& style) {
  const std::size_t failed = result.count_failed();
  const std::string verdict =
      failed == 0 ? style.paint(Tone::good, "ok  ") : style.paint(Tone::bad, "FAIL");
  const std::string counts = failed == 0 ? count_words(result.cases.size(), "case")
                                         : fmt::format("{} of {} failed", failed,
                                                       count_words(result.cases.size(), "case"));
  return fmt::format("{}  {}  {}  {}", verdict, pad(escape_terminal(result.name), width), counts,
                     style.paint(Tone::faint, in_brackets(position_of(result.where))));
}

std::string summary(const Totals& totals, std::size_t tests, const Style& style) {
  if (totals.failed == 0) {
    return style.paint(Tone::good,
                       fmt::format("{} in {} passed.", count_words(totals.cases, "case"),
                                   count_words(tests, "test")));
  }
  return style.paint(Tone::bad,
                     fmt::format("{} of {} in {} failed.", totals.failed,
                                 count_words(totals.cases, "case"), count_words(tests, "test")));
}

Json to_json(const mapping_tests::MappingFault& fault) {
  return {{"what", fault.what},
          {"expected", fault.expected},
          {"actual", fault.actual},
          {"why", fault.why}};
}

Json to_json(const mapping_tests::MappingWarning& warning) {
  return {{"attribute", warning.attribute},
          {"code", warning.code},
          {"message", warning.message},
          {"advice", warning.advice}};
}

Json to_json(const mapping_tests::MappingCaseResult& result) {
  Json faults = Json::array();
  for (const mapping_tests::MappingFault& fault : result.faults) faults.push_back(to_json(fault));
  Json warnings = Json::array();
  for (const mapping_tests::MappingWarning& warning : result.warnings)
    warnings.push_back(to_json(warning));
  return {{"name", result.name},
          {"file", result.where.file},
          {"line", result.where.line},
          {"passed", result.faults.empty()},
          {"faults", std::move(faults)},
          {"warnings", std::move(warnings)},
          {"steps", syncwright::report::to_json(result.steps)}};
}

}  // namespace

std::string fault_words(const mapping_tests::MappingFault& fault) {
  std::string words =
      fmt::format("expected {}, got {}", value_text(fault.expected), value_text(fault.actual));
  if (!fault.why.empty()) words += ": " + escape_terminal(fault.why);
  return words;
}

std::string render_mapping_tests(const std::vector<mapping_tests::MappingTestResult>& results,
                                 bool every_case, const Style& style) {
  if (results.empty()) return kNoTests;
  std::size_t width = 0;
  for (const mapping_tests::MappingTestResult& result : results) {
    width = std::max(width, display_width(escape_terminal(result.name)));
  }
  std::string text;
  for (const mapping_tests::MappingTestResult& result : results) {
    text += style.fit(test_line(result, width, style)) + "\n";
    for (const mapping_tests::MappingCaseResult& each : result.cases) {
      Page page(style);
      if (!each.faults.empty()) {
        append_failed_case(page, each);
        text += page.take() + render_steps(every_case ? each.steps : telling_steps(each),
                                           kFaultIndent + 2, style);
      } else if (every_case) {
        page.line(std::string(kCaseIndent, ' ') + style.paint(Tone::good, "ok  ") + "  " +
                  escape_terminal(each.name));
        text += page.take();
      }
    }
  }
  return text + "\n" + summary(totals_of(results), results.size(), style) + "\n";
}

std::string render_mapping_tests_markdown(
    const std::vector<mapping_tests::MappingTestResult>& results) {
  using namespace markdown;
  if (results.empty()) return std::string("### Mapping tests\n\n") + kNoTests;
  const std::string verdict = summary(totals_of(results), results.size(), {});
  Comment comment(fmt::format("### Mapping tests\n\n**{}**\n", verdict), kCommentLimit);
  std::vector<std::string> faults;
  std::vector<std::string> tests;
  for (const mapping_tests::MappingTestResult& test : results) {
    tests.push_back(row({code(test.name), code(test.application), std::to_string(test.cases.size()),
                         std::to_string(test.count_failed())}));
    for (const mapping_tests::MappingCaseResult& each : test.cases) {
      for (const mapping_tests::MappingFault& fault : each.faults) {
        faults.push_back(row({code(test.name), text(each.name), text(fault.what),
                              text(fault_words(fault)), code(position_of(each.where))}));
      }
    }
  }
  comment.add_table("\n#### Failed\n\n" + heading_row({"test", "case", "of", "fault", "where"}),
                    faults, "fault");
  comment.add_table("\n#### Tests\n\n" + heading_row({"test", "application", "cases", "failed"}),
                    tests, "test");
  return comment.take("`syncwright test` has all of it.");
}

Json to_json(const std::vector<mapping_tests::MappingTestResult>& results) {
  const Totals totals = totals_of(results);
  Json tests = Json::array();
  for (const mapping_tests::MappingTestResult& result : results) {
    Json cases = Json::array();
    for (const mapping_tests::MappingCaseResult& each : result.cases)
      cases.push_back(to_json(each));
    tests.push_back({{"name", result.name},
                     {"application", result.application},
                     {"job", result.job},
                     {"file", result.where.file},
                     {"line", result.where.line},
                     {"cases", std::move(cases)}});
  }
  return {{"passed", totals.cases - totals.failed},
          {"failed", totals.failed},
          {"tests", std::move(tests)}};
}

}  // namespace syncwright::report
