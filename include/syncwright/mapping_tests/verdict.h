#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "syncwright/core/diagnostic.h"
#include "syncwright/core/json.h"
#include "syncwright/provisioning/step_row.h"

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
  Code code;              ///< of the diagnostic catalog
  std::string message;
  std::string advice;
};

/// What became of one case of a MappingTest.
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
  std::vector<MappingCaseResult> cases;  ///< without those whose mapping cannot be run

  [[nodiscard]] std::size_t failed() const;
};

}  // namespace syncwright
