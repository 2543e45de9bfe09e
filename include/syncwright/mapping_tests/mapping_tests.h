#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/core/diagnostic.h"
#include "syncwright/core/diagnostic_catalog.h"
#include "syncwright/core/json.h"
#include "syncwright/provisioning/step_story.h"

namespace syncwright::manifest {
struct Loaded;
}

namespace syncwright::mapping_tests {

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
  std::vector<provisioning::StepRow> steps;
  std::vector<MappingWarning> warnings{};
  std::string object{};  ///< sourceObjectName
  /// What is written, as text by target attribute; what Redact hides is "[Redact]".
  std::map<std::string, std::string> written{};
};

/// One MappingTest that was run.
struct MappingTestResult {
  std::string name;
  std::string application;
  std::string job;
  SourceRange where;
  std::vector<MappingCaseResult> cases;  ///< without those whose mapping cannot be run

  [[nodiscard]] std::size_t count_failed() const;
};

/// Runs the mapping tests of manifests without errors, in their order. A test whose mapping cannot
/// be run, or which expects an attribute that no mapping writes, goes to the diagnostics, all of
/// them at once; the results must not be used then.
[[nodiscard]] std::vector<MappingTestResult> run_mapping_tests(const manifest::Loaded& loaded,
                                                               Instant now,
                                                               Diagnostics& diagnostics);

/// Where a case has a value and the service may fail: once for each attribute of a test, at the
/// first case that meets it, at the project's severities.
[[nodiscard]] Diagnostics mapping_warnings(const std::vector<MappingTestResult>& results,
                                           const Severities& severities);

}  // namespace syncwright::mapping_tests
