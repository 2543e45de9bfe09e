#include "syncwright/provisioning/step_story.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "provisioning/flow_run.h"
#include "provisioning/step_sentence.h"

namespace syncwright::provisioning {

const char* to_string(ProvisioningStep::Kind kind) {
  switch (kind) {
    case ProvisioningStep::Kind::import:
      return "import";
    case ProvisioningStep::Kind::scoping:
      return "scoping";
    case ProvisioningStep::Kind::matching:
      return "matching";
    case ProvisioningStep::Kind::mapping:
      return "mapping";
    case ProvisioningStep::Kind::export_:
      return "export";
  }
  return "";
}

const char* to_string(ProvisioningStep::Status status) {
  switch (status) {
    case ProvisioningStep::Status::success:
      return "success";
    case ProvisioningStep::Status::skipped:
      return "skipped";
    case ProvisioningStep::Status::failure:
      return "failure";
  }
  return "";
}

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
  const expression::EvaluationInput evaluation = evaluation_input(input, attributes);
  std::vector<FlowDoubt> found;
  for (const std::size_t at : evaluated_flows(program, input, operation)) {
    const AttributeFlow& flow = program.flows[at];
    for (expression::Doubt& doubt : flow.source->doubts(evaluation)) {
      if (flow.is_redacted) doubt.failure = kRedacted;
      found.push_back({at, std::move(doubt)});
    }
  }
  return found;
}

namespace {

using Kind = ProvisioningStep::Kind;
using Status = ProvisioningStep::Status;

class Story {
 public:
  Story(const MappingProgram& program, const MappingInput& input, const Operation& operation)
      : program_(program), input_(input), operation_(operation) {}

  std::vector<ProvisioningStep> tell() {
    if (tell_import()) {
      tell_scoping();
      if (operation_.in_scope || operation_.account != nullptr) tell_matching();
      if (!operation_.flows.empty()) tell_mapping();
    }
    tell_export();
    return std::move(steps_);
  }

 private:
  ProvisioningStep& add(Kind kind, Status status, std::string description) {
    return steps_.emplace_back(ProvisioningStep{kind, status, std::move(description), {}});
  }

  std::string source_name() const { return name_of(input_.source); }

  /// Tells of the import; false where the run ended with it.
  bool tell_import() {
    if (operation_.reason == Reason::mapping_disabled) {
      add(Kind::import, Status::skipped, to_string(operation_.reason));
      return false;
    }
    if (operation_.reason == Reason::filtered_on_input) {
      ProvisioningStep& step = add(Kind::import, Status::skipped,
                                   "filtered on input: " + failed_clauses(operation_.input_filter));
      tell_clauses(operation_.input_filter, step);
      return false;
    }
    if (input_.is_deleted) {
      add(Kind::import, Status::success, source_name() + " is deleted in the source");
      return false;
    }
    add(Kind::import, Status::success, "read " + source_name());
    return true;
  }

  static void tell_clauses(const FilterVerdict& verdict, ProvisioningStep& step) {
    for (const ClauseVerdict& clause : verdict.clauses) step.details.push_back(sentence(clause));
  }

  void tell_scoping() {
    if (operation_.in_scope) {
      const ProvisionedAttributes attributes(input_.source.attributes, false);
      ProvisioningStep& step = add(Kind::scoping, Status::success, "in scope");
      tell_clauses(program_.scope.explain(attributes, program_.settings.scope_null_rule), step);
    } else if (!operation_.scope.passes) {
      ProvisioningStep& step =
          add(Kind::scoping, Status::skipped, "not in scope: " + failed_clauses(operation_.scope));
      tell_clauses(operation_.scope, step);
    } else {
      const Reason why = input_.is_assigned ? Reason::not_active : Reason::not_assigned;
      add(Kind::scoping, Status::skipped, fmt::format("not in scope: {}", to_string(why)));
    }
  }

  void tell_matching() {
    const DirectoryObject* account = operation_.account;
    if (operation_.reason == Reason::no_matching_value) {
      tell_tries(add(Kind::matching, Status::skipped, to_string(operation_.reason)));
    } else if (account == nullptr) {
      tell_tries(add(Kind::matching, Status::success, "matched no account"));
    } else if (operation_.matched_by) {
      const AttributeFlow& flow = program_.flows[*operation_.matched_by];
      add(Kind::matching, Status::success,
          fmt::format("matched {} by {}", name_of(*account), flow.target_attribute_name));
    } else {
      add(Kind::matching, Status::success, fmt::format("linked to {}", name_of(*account)));
    }
  }

  /// What was looked for, attribute by attribute: what the flows' sources gave.
  void tell_tries(ProvisioningStep& step) const {
    for (const std::size_t at : program_.matching) {
      const AttributeFlow& flow = program_.flows[at];
      const bool ran = at < operation_.flows.size();
      const FlowResult* result = ran ? &operation_.flows[at] : nullptr;
      const bool searched = result != nullptr && result->disposition == Disposition::flowed &&
                            !expression::is_null_or_empty(result->after);
      step.details.push_back(searched
                                 ? fmt::format("no account has {} {}", flow.target_attribute_name,
                                               display_text(flow, result->after))
                                 : fmt::format("{} <- {} gave nothing to match by",
                                               flow.target_attribute_name, source_text(flow)));
    }
  }

  static std::string source_text(const AttributeFlow& flow) {
    return flow.source ? flow.expression : "(no source)";
  }

  std::size_t count(Disposition disposition) const {
    return static_cast<std::size_t>(
        std::count_if(operation_.flows.begin(), operation_.flows.end(),
                      [&](const FlowResult& each) { return each.disposition == disposition; }));
  }

  static std::string attributes(std::size_t count) {
    return fmt::format("{} {}", count, count == 1 ? "attribute" : "attributes");
  }

  void tell_mapping() {
    const std::size_t failed = count(Disposition::failed);
    const auto flowed = std::count_if(operation_.flows.begin(), operation_.flows.end(),
                                      [](const FlowResult& each) { return each.is_written(); });
    ProvisioningStep& step =
        failed == 0 ? add(Kind::mapping, Status::success,
                          fmt::format("{} of {} flowed", flowed, operation_.flows.size()))
                    : add(Kind::mapping, Status::failure, attributes(failed) + " failed");
    const auto tell = [&step](const AttributeFlow& flow, std::string detail) {
      step.details.push_back(std::move(detail));
      step.subjects.push_back(flow.target_attribute_name);
    };
    for (const FlowResult& result : operation_.flows) {
      const AttributeFlow& flow = program_.flows[result.flow];
      tell(flow, sentence(flow, result));
    }
    for (const auto& [index, doubt] : doubts(program_, input_, operation_)) {
      const AttributeFlow& flow = program_.flows[index];
      tell(flow, "doubtful: " + sentence(flow, doubt));
    }
  }

  std::string account_name() const {
    return operation_.account == nullptr ? source_name() : name_of(*operation_.account);
  }

  void tell_export() {
    if (operation_.failed) {
      add(Kind::export_, Status::failure,
          fmt::format("nothing is written: {}", to_string(operation_.reason)));
      return;
    }
    if (operation_.action == Action::skip) {
      add(Kind::export_, Status::skipped, fmt::format("nothing is written: {}", why_skipped()));
      return;
    }
    const std::size_t written = operation_.values_to_write().size();
    std::string text = fmt::format("{} {}", to_string(operation_.action), account_name());
    if (operation_.action != Action::remove) text += " with " + attributes(written);
    if (operation_.reason != Reason::none) {
      text += fmt::format(": {}", to_string(operation_.reason));
    }
    add(Kind::export_, Status::success, std::move(text));
  }

  std::string why_skipped() const {
    if (operation_.reason != Reason::flow_type_off) return to_string(operation_.reason);
    const bool removes = input_.is_deleted || (!operation_.in_scope && !program_.activity);
    if (removes) return "flowTypes lacks Delete";
    return operation_.account == nullptr ? "flowTypes lacks Add" : "flowTypes lacks Update";
  }

  const MappingProgram& program_;
  const MappingInput& input_;
  const Operation& operation_;
  std::vector<ProvisioningStep> steps_;
};

}  // namespace

std::vector<ProvisioningStep> steps(const MappingProgram& program, const MappingInput& input,
                                    const Operation& operation) {
  return Story(program, input, operation).tell();
}

std::vector<StepRow> step_rows(const std::vector<ProvisioningStep>& steps) {
  std::vector<StepRow> rows;
  rows.reserve(steps.size());
  for (const ProvisioningStep& step : steps) {
    rows.push_back({to_string(step.kind), to_string(step.status), step.description, step.details,
                    step.subjects});
  }
  return rows;
}

}  // namespace syncwright::provisioning
