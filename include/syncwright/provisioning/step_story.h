#pragma once

#include <string>
#include <vector>

#include "syncwright/provisioning/mapping_run.h"

namespace syncwright::provisioning {

/// A flow of the run that the service may fail where it succeeds here.
struct FlowDoubt {
  std::size_t flow = 0;     ///< index into MappingProgram::flows
  expression::Doubt doubt;  ///< `failure` hidden where the flow is redacted
};
/// The doubts about every source that the run evaluated (Evaluator::doubts), in the order of the
/// flows. Computed on demand, as `steps` are, so that a cycle does not pay for them.
[[nodiscard]] std::vector<FlowDoubt> doubts(const MappingProgram& program,
                                            const MappingInput& input, const Operation& operation);

/// One step as provisioning on demand shows it.
struct ProvisioningStep {
  enum class Kind { import, scoping, matching, mapping, export_ };
  enum class Status { success, skipped, failure };
  Kind kind = Kind::import;
  Status status = Status::success;
  std::string description;           ///< one sentence: "not in scope: clause department EQUALS ..."
  std::vector<std::string> details;  ///< one line each: attributes, clauses
  /// The target attribute that each of `details` is about; empty where they are about none.
  std::vector<std::string> subjects{};
};
[[nodiscard]] const char* to_string(ProvisioningStep::Kind kind);
[[nodiscard]] const char* to_string(ProvisioningStep::Status status);

/// What a run did, step by step, in the order of provisioning on demand.
[[nodiscard]] std::vector<ProvisioningStep> steps(const MappingProgram& program,
                                                  const MappingInput& input,
                                                  const Operation& operation);

/// One step of a provisioning run as people read it: of our own engine, or of Microsoft's.
struct StepRow {
  std::string name;         ///< import, scoping, matching, mapping, export, or as Graph calls it
  std::string status;       ///< success, skipped, warning, failure
  std::string description;  ///< a sentence
  std::vector<std::string> details;
  /// The target attribute that each of `details` is about; empty where they are about none.
  std::vector<std::string> subjects{};
};

/// The steps of our own engine.
[[nodiscard]] std::vector<StepRow> step_rows(const std::vector<ProvisioningStep>& steps);

}  // namespace syncwright::provisioning
