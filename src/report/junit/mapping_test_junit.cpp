#include <fmt/format.h>

#include "report/junit/junit.h"
#include "report/mapping_test_report.h"
#include "report/text/step_text.h"

namespace syncwright::report {

namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

/// What `test` prints of a case that failed.
junit::Fault fault_of(const mapping_tests::MappingCaseResult& result) {
  junit::Fault failure;
  for (const mapping_tests::MappingFault& fault : result.faults) {
    failure.lines.push_back(fmt::format("{}: {}", fault.what, fault_words(fault)));
  }
  failure.message = failure.lines.front();
  Style plain;
  plain.unicode = false;
  for (std::string& line : lines_of(render_steps(result.steps, 2, plain))) {
    failure.lines.push_back(std::move(line));
  }
  return failure;
}

junit::Case case_of(const mapping_tests::MappingTestResult& test,
                    const mapping_tests::MappingCaseResult& result) {
  junit::Case made{test.name, result.name, result.where, {}, {}, {}};
  if (!result.faults.empty()) made.fault = fault_of(result);
  for (const mapping_tests::MappingWarning& warning : result.warnings) {
    made.output.push_back(fmt::format("warning[{}]: target {}: {}", to_string(warning.code),
                                      warning.attribute, warning.message));
  }
  return made;
}

}  // namespace

std::string junit_xml(const std::vector<mapping_tests::MappingTestResult>& results) {
  std::vector<junit::Suite> suites;
  suites.reserve(results.size());
  for (const mapping_tests::MappingTestResult& test : results) {
    junit::Suite suite{test.name, {}};
    for (const mapping_tests::MappingCaseResult& result : test.cases) {
      suite.cases.push_back(case_of(test, result));
    }
    suites.push_back(std::move(suite));
  }
  return junit::document("syncwright test", suites);
}

}  // namespace syncwright::report
