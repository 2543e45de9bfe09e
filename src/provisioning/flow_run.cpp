#include "provisioning/flow_run.h"

#include <algorithm>

namespace syncwright {
namespace {

/// By text, lists as ordered lists: a target may hold "5" where the source has 5. An absent value,
/// "" and an empty list are equal.
bool same_value(const Value& left, const Value& right) {
  if (left == right) return true;
  if (is_null_or_empty(left) || is_null_or_empty(right)) {
    return is_null_or_empty(left) && is_null_or_empty(right);
  }
  const auto* left_list = std::get_if<MultiValue>(&left);
  const auto* right_list = std::get_if<MultiValue>(&right);
  if (left_list == nullptr && right_list == nullptr) return to_text(left) == to_text(right);
  if (left_list != nullptr && right_list != nullptr) return false;
  const MultiValue& list = left_list != nullptr ? *left_list : *right_list;
  return list.size() == 1 && list.front() == to_text(left_list != nullptr ? right : left);
}

MultiValue as_list(const Value& value) {
  if (const auto* list = std::get_if<MultiValue>(&value)) return *list;
  if (is_null_or_empty(value)) return {};
  return {to_text(value)};
}

bool only_adds(FlowType type) {
  return type == FlowType::multi_value_add_only || type == FlowType::value_add_only;
}

/// [G] Add-only flows, neither side a list: a different value that is there stays, since to replace
/// it would remove it.
bool keeps_single(const Value& before, const Value& value) {
  return !std::holds_alternative<MultiValue>(before) &&
         !std::holds_alternative<MultiValue>(value) && !is_null_or_empty(before) &&
         !same_value(before, value);
}

/// What the account holds, followed by the elements that it lacks.
Value append_new(const Value& before, Value value) {
  if (is_null_or_empty(before)) return value;
  const auto* held = std::get_if<MultiValue>(&before);
  if (held == nullptr && !std::holds_alternative<MultiValue>(value)) return value;
  MultiValue all = as_list(before);
  for (std::string& each : as_list(value)) {
    if (std::find(all.begin(), all.end(), each) == all.end()) all.push_back(std::move(each));
  }
  return all;
}

/// The default, or nothing.
void fill_default(const AttributeFlow& flow, FlowResult& result) {
  result.disposition = Disposition::null_not_flowed;
  if (!flow.default_value) return;
  result.disposition = Disposition::default_value;
  result.after = *flow.default_value;
}

}  // namespace

EvaluationInput evaluation_input(const MappingInput& input, const AttributeSource& attributes) {
  return {attributes,           input.parameters, input.is_taken, input.roles,
          input.default_domain, input.now,        input.random};
}

FlowRun::FlowRun(const MappingProgram& program, const MappingInput& input,
                 const AttributeSource& attributes)
    : program_(program), input_(input), evaluation_(evaluation_input(input, attributes)) {}

const Outcome& FlowRun::match(std::size_t flow) {
  const auto& source = program_.flows[flow].source;
  return matched_.emplace_back(flow, source ? source->evaluate(evaluation_) : Outcome()).second;
}

Outcome FlowRun::evaluate(std::size_t flow) {
  for (auto& [index, outcome] : matched_) {
    if (index == flow) return std::move(outcome);
  }
  return program_.flows[flow].source->evaluate(evaluation_);
}

/// References to objects without an account are left out.
Value FlowRun::resolve(Value value) const {
  if (!input_.resolve_reference || is_null(value)) return value;
  auto* list = std::get_if<MultiValue>(&value);
  if (list == nullptr) {
    auto account = input_.resolve_reference(to_text(value));
    return account ? Value(std::move(*account)) : Value();
  }
  MultiValue accounts;
  for (const std::string& id : *list) {
    if (auto account = input_.resolve_reference(id)) accounts.push_back(std::move(*account));
  }
  return accounts;
}

FlowResult FlowRun::run(std::size_t index, const DirectoryObject* account) {
  const AttributeFlow& flow = program_.flows[index];
  FlowResult result;
  result.flow = index;
  const bool creates = account == nullptr;
  if (!creates) {
    const Value* held = account->attributes.find(flow.target_attribute_name);
    if (held != nullptr) result.before = *held;
    if (flow.flow_type == FlowType::object_add_only) {
      result.disposition = Disposition::creation_only;
      return result;
    }
    const bool fills = flow.flow_type == FlowType::attribute_add_only || !flow.source;
    if (fills && !is_null_or_empty(result.before)) {
      result.disposition = Disposition::target_has_value;
      return result;
    }
  }
  if (!flow.source) {
    fill_default(flow, result);  // the mapping type None: also after the creation
    return result;
  }
  Outcome outcome = evaluate(index);
  switch (outcome.kind) {
    case Outcome::Kind::value:
      run_value(flow, creates, std::move(outcome.value), result);
      break;
    case Outcome::Kind::ignore_object:
      ignores_object_ = true;
      result.disposition = Disposition::ignored;
      break;
    case Outcome::Kind::ignore_attribute:
      result.disposition = Disposition::ignored;
      break;
    case Outcome::Kind::error:
      result.disposition = Disposition::failed;
      result.message = std::move(outcome.message);
      break;
  }
  return result;
}

void FlowRun::run_value(const AttributeFlow& flow, bool creates, Value value,
                        FlowResult& result) const {
  if (flow.is_reference) value = resolve(std::move(value));
  const auto* list = std::get_if<MultiValue>(&value);
  if (is_null(value) || (creates && list != nullptr && list->empty())) {
    result.disposition = Disposition::null_not_flowed;
    if (creates) fill_default(flow, result);
    return;
  }
  if (only_adds(flow.flow_type)) {
    if (keeps_single(result.before, value)) {
      result.disposition = Disposition::target_has_value;
      result.after = std::move(value);
      return;
    }
    value = append_new(result.before, std::move(value));
  }
  const bool writes = creates || flow.flow_behavior == FlowBehavior::flow_always ||
                      !same_value(result.before, value);
  result.disposition = writes ? Disposition::flowed : Disposition::unchanged;
  result.after = std::move(value);
}

}  // namespace syncwright
