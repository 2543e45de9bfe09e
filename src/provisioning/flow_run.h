#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "syncwright/provisioning/mapping_run.h"

namespace syncwright {

/// What the sources of one run may look at. References must outlive it.
[[nodiscard]] EvaluationInput evaluation_input(const MappingInput& input,
                                               const AttributeSource& attributes);

/// Evaluates the attribute flows of one run, each source at most once: what was matched on is what
/// is written, whatever random source has a part in it. References must outlive it.
class FlowRun {
 public:
  FlowRun(const MappingProgram& program, const MappingInput& input,
          const AttributeSource& attributes);

  /// What the flow's source gives for matching; valid until the next call. A flow
  /// without a source gives null.
  [[nodiscard]] const Outcome& match(std::size_t flow);
  /// The flow into `account`, or into a new one where it is nullptr.
  [[nodiscard]] FlowResult run(std::size_t flow, const DirectoryObject* account);
  /// Whether a flow that ran said IgnoreObjectFlow.
  [[nodiscard]] bool ignores_object() const { return ignores_object_; }

 private:
  [[nodiscard]] Outcome evaluate(std::size_t flow);
  [[nodiscard]] Value resolved(Value value) const;
  void run_value(const AttributeFlow& flow, bool creates, Value value, FlowResult& result) const;

  const MappingProgram& program_;
  const MappingInput& input_;
  EvaluationInput evaluation_;
  std::vector<std::pair<std::size_t, Outcome>> matched_;
  bool ignores_object_ = false;
};

}  // namespace syncwright
