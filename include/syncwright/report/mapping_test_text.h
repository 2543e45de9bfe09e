#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "syncwright/core/diagnostic.h"
#include "syncwright/core/json.h"
#include "syncwright/report/step_text.h"
#include "syncwright/report/style.h"

namespace syncwright {

/// What came out otherwise than expected. Values as in JSON; null: nothing is written.
struct MappingFault {
  std::string what;  ///< "inScope", "action" or "target NAME"
  Json expected;
  Json actual;
  std::string why;          ///< in words; may be empty
  std::string attribute{};  ///< of the target; empty where the fault is about none
};

/// Where the service may fail though the case passes.
struct MappingWarning {
  std::string attribute;  ///< of the target
  std::string code;       ///< of the diagnostic catalog
  std::string message;
  std::string advice;
};

struct MappingCaseResult {
  std::string name;
  SourceRange where;
  std::vector<MappingFault> faults;  ///< empty: passed
  std::vector<StepRow> steps;
  std::vector<MappingWarning> warnings{};
};

/// One MappingTest that was run.
struct MappingTestResult {
  std::string name;
  std::string application;
  std::string job;
  SourceRange where;
  std::vector<MappingCaseResult> cases;

  [[nodiscard]] std::size_t failed() const;
};

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
