#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "syncwright/expression/evaluator.h"
#include "syncwright/provisioning/mapping_run.h"

namespace syncwright::provisioning {

/// The source's attributes, but for those that the engine computes itself; nothing is copied.
class ProvisionedAttributes final : public expression::AttributeSource {
 public:
  ProvisionedAttributes(const expression::AttributeMap& source, bool is_soft_deleted)
      : source_(source), is_soft_deleted_(is_soft_deleted) {}

  /// The object is soft-deleted for the target. [G] A mapping that carries accountEnabled instead
  /// of IsSoftDeleted disables who leaves the scope as well, though the source still has the
  /// account enabled.
  void leave_scope() {
    is_soft_deleted_ = true;
    account_disabled_ = true;
  }

  [[nodiscard]] const expression::Value* find(std::string_view name) const override {
    if (name == "IsSoftDeleted") return &is_soft_deleted_;
    if (account_disabled_ && name == "accountEnabled") return &account_enabled_;
    return source_.find(name);
  }

 private:
  const expression::AttributeMap& source_;
  expression::Value is_soft_deleted_;
  expression::Value account_enabled_ = false;
  bool account_disabled_ = false;
};

/// What the sources of one run are evaluated with. References must outlive it.
[[nodiscard]] expression::EvaluationInput evaluation_input(
    const MappingInput& input, const expression::AttributeSource& attributes);

/// Evaluates the attribute flows of one run, each source at most once: what was matched on is what
/// is written, whatever random source has a part in it. References must outlive it.
class FlowRun {
 public:
  FlowRun(const MappingProgram& program, const MappingInput& input,
          const expression::AttributeSource& attributes);

  /// What the flow's source gives for matching; valid until the next call. A flow
  /// without a source gives null.
  [[nodiscard]] const expression::Outcome& match(std::size_t flow);
  /// The flow into `account`, or into a new one where it is nullptr.
  [[nodiscard]] FlowResult run(std::size_t flow, const DirectoryObject* account);
  /// Whether a flow that ran said IgnoreObjectFlow.
  [[nodiscard]] bool ignores_object() const { return ignores_object_; }

 private:
  [[nodiscard]] expression::Outcome evaluate(std::size_t flow);
  [[nodiscard]] expression::Value resolve(expression::Value value) const;
  void run_value(const AttributeFlow& flow, bool creates, expression::Value value,
                 FlowResult& result) const;

  const MappingProgram& program_;
  const MappingInput& input_;
  expression::EvaluationInput evaluation_;
  std::vector<std::pair<std::size_t, expression::Outcome>> matched_;
  bool ignores_object_ = false;
};

}  // namespace syncwright::provisioning
