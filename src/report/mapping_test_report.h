#pragma once

#include <string>
#include <vector>

#include "syncwright/core/json.h"
#include "syncwright/mapping_tests/verdict.h"
#include "syncwright/report/style.h"

namespace syncwright {

/// "expected create, got skip: not in scope", escaped for a terminal.
[[nodiscard]] std::string fault_words(const MappingFault& fault);

/// A line for each test, its failed cases below it, and one sentence that sums up. Of a failed
/// case's mappings those are shown that it fails on; with `every_case` all of them, and a line for
/// each case that passed. Ends with a line feed.
[[nodiscard]] std::string render_mapping_tests(const std::vector<MappingTestResult>& results,
                                               bool every_case, const Style& style);
/// {"passed": N, "failed": N, "tests": [...]} with the members above in lower camel case.
[[nodiscard]] Json to_json(const std::vector<MappingTestResult>& results);

}  // namespace syncwright
