#include "syncwright/provisioning/mapping_run.h"

#include <algorithm>

#include "provisioning/flow_run.h"

namespace syncwright::provisioning {

const char* to_string(Action action) {
  switch (action) {
    case Action::create:
      return "create";
    case Action::update:
      return "update";
    case Action::disable:
      return "disable";
    case Action::remove:
      return "delete";
    case Action::skip:
      return "skip";
  }
  return "";
}

const char* to_string(Disposition disposition) {
  switch (disposition) {
    case Disposition::flowed:
      return "flowed";
    case Disposition::unchanged:
      return "unchanged";
    case Disposition::default_value:
      return "default value";
    case Disposition::null_not_flowed:
      return "null is not flowed";
    case Disposition::ignored:
      return "ignored by the expression";
    case Disposition::creation_only:
      return "only at creation";
    case Disposition::target_has_value:
      return "the target has a value";
    case Disposition::failed:
      return "failed";
  }
  return "";
}

const char* to_string(Reason reason) {
  switch (reason) {
    case Reason::none:
      return "none";
    case Reason::mapping_disabled:
      return "the object mapping is disabled";
    case Reason::filtered_on_input:
      return "filtered on input";
    case Reason::not_assigned:
      return "not assigned to the application";
    case Reason::not_in_scope:
      return "not in scope";
    case Reason::not_active:
      return "disabled or soft-deleted in the source";
    case Reason::deleted_in_source:
      return "deleted in the source";
    case Reason::no_matching_value:
      return "no matching attribute has a value";
    case Reason::flow_type_off:
      return "flowTypes does not allow it";
    case Reason::out_of_scope_kept:
      return "out of scope, and skipOutOfScopeDeletions keeps the account";
    case Reason::nothing_changed:
      return "nothing changed";
    case Reason::object_ignored:
      return "IgnoreObjectFlow dropped the object";
    case Reason::evaluation_failed:
      return "an expression failed";
  }
  return "";
}

namespace {

bool has_failed(const FlowResult& result) {
  return result.disposition == Disposition::failed;
}

class MappingRun {
 public:
  MappingRun(const MappingProgram& program, const MappingInput& input)
      : program_(program),
        input_(input),
        attributes_(input.source.attributes, !input.is_assigned || !input.is_active),
        flows_(program, input, attributes_) {
    operation_.program = &program;
    operation_.account = input.linked;
  }

  Operation run() {
    decide();
    return std::move(operation_);
  }

 private:
  void decide() {
    operation_.in_scope = false;
    if (!program_.enabled) return skip(Reason::mapping_disabled);
    if (input_.is_deleted) return remove_deleted();
    if (!passes_input()) return skip(Reason::filtered_on_input);
    const Reason out = why_out_of_scope();
    if (out != Reason::none) return leave(out);
    operation_.in_scope = true;
    provision();
  }

  void skip(Reason reason) { operation_.reason = reason; }

  void remove_deleted() {
    if (input_.linked == nullptr) return skip(Reason::deleted_in_source);
    remove(Reason::deleted_in_source);
  }

  void remove(Reason reason) {
    if (!program_.deletes) return skip(Reason::flow_type_off);
    operation_.action = Action::remove;
    operation_.reason = reason;
  }

  bool passes_input() {
    const NullRule rule = program_.settings.input_null_rule;
    for (const ScopingFilter* filter : {&program_.category_filter, &program_.input_filter}) {
      if (filter->passes(attributes_, rule)) continue;
      operation_.input_filter = filter->explain(attributes_, rule);
      return false;
    }
    return true;
  }

  /// docs/graph.md#8.4, the order is [G].
  Reason why_out_of_scope() {
    if (!input_.is_assigned) return Reason::not_assigned;
    const NullRule rule = program_.settings.scope_null_rule;
    if (!program_.scope.passes(attributes_, rule)) {
      operation_.scope = program_.scope.explain(attributes_, rule);
      return Reason::not_in_scope;
    }
    return input_.is_active ? Reason::none : Reason::not_active;
  }

  /// Only an account that is linked is touched: one that would merely match is not ours yet.
  void leave(Reason reason) {
    if (input_.linked == nullptr) return skip(reason);
    // The setting keeps accounts whose user left the scope, not those of a disabled user.
    if (input_.skip_out_of_scope_deletions && input_.is_active) {
      return skip(Reason::out_of_scope_kept);
    }
    if (!program_.activity) return remove(reason);
    if (!program_.updates) return skip(Reason::flow_type_off);
    attributes_.leave_scope();
    for (std::size_t at = *program_.activity; at < program_.flows.size(); ++at) {
      if (!program_.flows[at].reads_activity) continue;
      operation_.flows.push_back(flows_.run(at, input_.linked));
    }
    settle(Action::disable, reason);
  }

  void provision() {
    if (operation_.account == nullptr && !match()) return skip(Reason::no_matching_value);
    const bool creates = operation_.account == nullptr;
    if (creates ? !program_.adds : !program_.updates) return skip(Reason::flow_type_off);
    operation_.flows.reserve(program_.flows.size());
    for (std::size_t at = 0; at < program_.flows.size(); ++at) {
      operation_.flows.push_back(flows_.run(at, operation_.account));
    }
    settle(creates ? Action::create : Action::update, Reason::none);
  }

  /// By priority, the first hit wins. False where there was nothing to match by; an error of a
  /// matching source is left to its flow, which then fails. A mapping that matches on nothing
  /// creates.
  bool match() {
    bool can_match = program_.matching.empty();
    for (const std::size_t flow : program_.matching) {
      const expression::Outcome& outcome = flows_.match(flow);
      can_match = can_match || outcome.kind == expression::Outcome::Kind::error;
      if (outcome.kind != expression::Outcome::Kind::value ||
          expression::is_null_or_empty(outcome.value))
        continue;
      can_match = true;
      if (!input_.find) continue;
      const DirectoryObject* found =
          input_.find(program_.flows[flow].target_attribute_name, outcome.value);
      if (found == nullptr) continue;
      operation_.account = found;
      operation_.matched_by = flow;
      return true;
    }
    return can_match;
  }

  void settle(Action action, Reason reason) {
    const std::vector<FlowResult>& results = operation_.flows;
    operation_.failed = std::any_of(results.begin(), results.end(), has_failed);
    if (operation_.failed) return skip(Reason::evaluation_failed);
    if (flows_.ignores_object()) return skip(Reason::object_ignored);
    const bool writes = action == Action::create ||
                        std::any_of(results.begin(), results.end(),
                                    [](const FlowResult& each) { return each.is_written(); });
    if (!writes) return skip(Reason::nothing_changed);
    operation_.action = action;
    operation_.reason = reason;
  }

  const MappingProgram& program_;
  const MappingInput& input_;
  ProvisionedAttributes attributes_;
  FlowRun flows_;
  Operation operation_;
};

}  // namespace

Operation run_mapping(const MappingProgram& program, const MappingInput& input) {
  return MappingRun(program, input).run();
}

std::map<std::string, expression::Value> Operation::values_to_write() const {
  std::map<std::string, expression::Value> values;
  if (action == Action::skip || program == nullptr) return values;
  for (const FlowResult& result : flows) {
    if (!result.is_written()) continue;
    values.insert_or_assign(program->flows[result.flow].target_attribute_name, result.after);
  }
  return values;
}

}  // namespace syncwright::provisioning
