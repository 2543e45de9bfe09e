#include <algorithm>
#include <utility>

#include "provisioning/flow_run.h"
#include "provisioning/provisioned_attributes.h"
#include "provisioning/step_sentence.h"

namespace syncwright {
namespace {

/// Whether the run evaluated the source of the flow into `result`.
bool is_evaluated(const AttributeFlow& flow, const FlowResult& result) {
  if (!flow.source) return false;
  switch (result.disposition) {
    case Disposition::flowed:
    case Disposition::unchanged:
    case Disposition::default_value:
    case Disposition::null_not_flowed:
    case Disposition::ignored:
      return true;
    case Disposition::target_has_value:
      return flow.flow_type != FlowType::attribute_add_only;
    case Disposition::creation_only:
    case Disposition::failed:
      return false;
  }
  return false;
}

/// The sources that were evaluated, to match by or to write: indices into `flows`, in order.
std::vector<std::size_t> evaluated_flows(const MappingProgram& program, const MappingInput& input,
                                         const Operation& operation) {
  std::vector<std::size_t> evaluated;
  for (const FlowResult& result : operation.flows) {
    if (is_evaluated(program.flows[result.flow], result)) evaluated.push_back(result.flow);
  }
  if (operation.in_scope && input.linked == nullptr) {
    for (const std::size_t flow : program.matching) {
      if (program.flows[flow].source) evaluated.push_back(flow);
    }
  }
  std::sort(evaluated.begin(), evaluated.end());
  evaluated.erase(std::unique(evaluated.begin(), evaluated.end()), evaluated.end());
  return evaluated;
}

}  // namespace

std::vector<FlowDoubt> doubts(const MappingProgram& program, const MappingInput& input,
                              const Operation& operation) {
  ProvisionedAttributes attributes(input.source.attributes, !input.is_assigned || !input.is_active);
  if (!operation.in_scope) attributes.leave_scope();
  const EvaluationInput evaluation = evaluation_input(input, attributes);
  std::vector<FlowDoubt> found;
  for (const std::size_t at : evaluated_flows(program, input, operation)) {
    const AttributeFlow& flow = program.flows[at];
    for (Doubt& doubt : flow.source->doubts(evaluation)) {
      if (flow.is_redacted) doubt.failure = kRedacted;
      found.push_back({at, std::move(doubt)});
    }
  }
  return found;
}

}  // namespace syncwright
