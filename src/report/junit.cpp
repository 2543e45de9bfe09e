#include <fmt/format.h>

#include "report/mapping_test_report.h"
#include "report/text/step_text.h"
#include "syncwright/report/escape.h"

namespace syncwright::report {
namespace {

/// Quotes the characters that XML reserves. The text is escaped for a terminal already, so that
/// line feeds are its only control characters.
std::string xml(std::string_view text) {
  std::string escaped;
  for (const char character : text) {
    switch (character) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += character;
    }
  }
  return escaped;
}

std::string foreign(std::string_view text) {
  return xml(escape_terminal(text));
}

std::string failure_of(const mapping_tests::MappingCaseResult& result) {
  std::string text;
  for (const mapping_tests::MappingFault& fault : result.faults) {
    text += fmt::format("{}: {}\n", escape_terminal(fault.what), fault_words(fault));
  }
  Style plain;
  plain.unicode = false;
  text += render_steps(result.steps, 2, plain);
  const mapping_tests::MappingFault& first = result.faults.front();
  return fmt::format("      <failure message=\"{}: {}\">{}</failure>\n", foreign(first.what),
                     xml(fault_words(first)), xml(text));
}

/// What build servers show beside a case that passed.
std::string output_of(const mapping_tests::MappingCaseResult& result) {
  if (result.warnings.empty()) return {};
  std::string text;
  for (const mapping_tests::MappingWarning& warning : result.warnings) {
    text += fmt::format("warning[{}]: target {}: {}\n", to_string(warning.code),
                        escape_terminal(warning.attribute), escape_terminal(warning.message));
  }
  return fmt::format("      <system-out>{}</system-out>\n", xml(text));
}

std::string testcase(const mapping_tests::MappingTestResult& test,
                     const mapping_tests::MappingCaseResult& result) {
  const std::string head = fmt::format(
      "    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\"", foreign(test.name),
      foreign(result.name), foreign(result.where.file), result.where.line);
  std::string body = result.faults.empty() ? "" : failure_of(result);
  body += output_of(result);
  return body.empty() ? head + "/>\n" : head + ">\n" + body + "    </testcase>\n";
}

}  // namespace

std::string junit_xml(const std::vector<mapping_tests::MappingTestResult>& results) {
  std::string suites;
  std::size_t cases = 0;
  std::size_t failed = 0;
  for (const mapping_tests::MappingTestResult& test : results) {
    cases += test.cases.size();
    failed += test.count_failed();
    suites += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n",
                          foreign(test.name), test.cases.size(), test.count_failed());
    for (const mapping_tests::MappingCaseResult& result : test.cases)
      suites += testcase(test, result);
    suites += "  </testsuite>\n";
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"syncwright test\" tests=\"{}\" failures=\"{}\">\n{}</testsuites>\n",
      cases, failed, suites);
}

}  // namespace syncwright::report
