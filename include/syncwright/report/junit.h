#pragma once

#include <string>
#include <vector>

#include "report/mapping_test_report.h"

namespace syncwright {

/// The JUnit XML that build servers read: a testsuite for each MappingTest, a testcase for each
/// case, a failure with everything that `test` prints of it. Holds no times: equal runs give equal
/// files. Characters that XML 1.0 cannot hold are written as escape_terminal writes them.
[[nodiscard]] std::string junit_xml(const std::vector<MappingTestResult>& results);

}  // namespace syncwright
