#pragma once

#include <string>
#include <vector>

#include "syncwright/core/json.h"
#include "syncwright/mapping_tests/mapping_tests.h"
#include "syncwright/report/style.h"

namespace syncwright::report {

/// The results of mapping tests as text, JSON and Markdown (mapping_test_report.cpp), and for build
/// servers (junit.cpp).

/// "expected create, got skip: not in scope", escaped for a terminal.
[[nodiscard]] std::string fault_words(const mapping_tests::MappingFault& fault);

/// A line for each test, its failed cases below it, and one sentence that sums up. Of a failed
/// case's mappings those are shown that it fails on; with `every_case` all of them, and a line for
/// each case that passed. Ends with a line feed.
[[nodiscard]] std::string render_mapping_tests(
    const std::vector<mapping_tests::MappingTestResult>& results, bool every_case,
    const Style& style);
/// {"passed": N, "failed": N, "tests": [...]} with the members above in lower camel case.
[[nodiscard]] Json to_json(const std::vector<mapping_tests::MappingTestResult>& results);

/// A comment of a pull request, or a pipeline's summary, in GitHub's Markdown: what it comes to,
/// each expectation that was not met, and a line for each test. Foreign text formats nothing.
[[nodiscard]] std::string render_mapping_tests_markdown(
    const std::vector<mapping_tests::MappingTestResult>& results);

/// The JUnit XML that build servers read: a testsuite for each MappingTest, a testcase for each
/// case, a failure with everything that `test` prints of it. Holds no times: equal runs give equal
/// files. Characters that XML 1.0 cannot hold are written as escape_terminal writes them.
[[nodiscard]] std::string junit_xml(const std::vector<mapping_tests::MappingTestResult>& results);

}  // namespace syncwright::report
