#include "provisioning/flow_run.h"

#include <algorithm>

namespace syncwright::provisioning {
namespace {

/// By text, lists as ordered lists: a target may hold "5" where the source has 5. An absent value,
/// "" and an empty list are equal.
bool same_value(const expression::Value& left, const expression::Value& right) {
  if (left == right) return true;
  if (expression::is_null_or_empty(left) || expression::is_null_or_empty(right)) {
    return expression::is_null_or_empty(left) && expression::is_null_or_empty(right);
  }
  const auto* left_list = std::get_if<expression::MultiValue>(&left);
  const auto* right_list = std::get_if<expression::MultiValue>(&right);
  if (left_list == nullptr && right_list == nullptr)
    return expression::to_text(left) == expression::to_text(right);
  if (left_list != nullptr && right_list != nullptr) return false;
  const expression::MultiValue& list = left_list != nullptr ? *left_list : *right_list;
  return list.size() == 1 &&
         list.front() == expression::to_text(left_list != nullptr ? right : left);
}

expression::MultiValue as_list(const expression::Value& value) {
  if (const auto* list = std::get_if<expression::MultiValue>(&value)) return *list;
  if (expression::is_null_or_empty(value)) return {};
  return {expression::to_text(value)};
}

bool only_adds(FlowType type) {
  return type == FlowType::multi_value_add_only || type == FlowType::value_add_only;
}

/// [G] Add-only flows, neither side a list: a different value that is there stays, since to replace
/// it would remove it.
bool keeps_single(const expression::Value& before, const expression::Value& value) {
  return !std::holds_alternative<expression::MultiValue>(before) &&
         !std::holds_alternative<expression::MultiValue>(value) &&
         !expression::is_null_or_empty(before) && !same_value(before, value);
}

/// What the account holds, followed by the elements that it lacks.
expression::Value append_new(const expression::Value& before, expression::Value value) {
  if (expression::is_null_or_empty(before)) return value;
  const auto* held = std::get_if<expression::MultiValue>(&before);
  if (held == nullptr && !std::holds_alternative<expression::MultiValue>(value)) return value;
  expression::MultiValue all = as_list(before);
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

expression::EvaluationInput evaluation_input(const MappingInput& input,
                                             const expression::AttributeSource& attributes) {
  return {attributes,           input.parameters, input.is_taken, input.roles,
          input.default_domain, input.now,        input.random};
}

FlowRun::FlowRun(const MappingProgram& program, const MappingInput& input,
                 const expression::AttributeSource& attributes)
    : program_(program), input_(input), evaluation_(evaluation_input(input, attributes)) {}

const expression::Outcome& FlowRun::match(std::size_t flow) {
  const auto& source = program_.flows[flow].source;
  return matched_.emplace_back(flow, source ? source->evaluate(evaluation_) : expression::Outcome())
      .second;
}

expression::Outcome FlowRun::evaluate(std::size_t flow) {
  for (auto& [index, outcome] : matched_) {
    if (index == flow) return std::move(outcome);
  }
  return program_.flows[flow].source->evaluate(evaluation_);
}

/// References to objects without an account are left out.
expression::Value FlowRun::resolve(expression::Value value) const {
  if (!input_.resolve_reference || expression::is_null(value)) return value;
  auto* list = std::get_if<expression::MultiValue>(&value);
  if (list == nullptr) {
    auto account = input_.resolve_reference(expression::to_text(value));
    return account ? expression::Value(std::move(*account)) : expression::Value();
  }
  expression::MultiValue accounts;
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
    const expression::Value* held = account->attributes.find(flow.target_attribute_name);
    if (held != nullptr) result.before = *held;
    if (flow.flow_type == FlowType::object_add_only) {
      result.disposition = Disposition::creation_only;
      return result;
    }
    const bool fills = flow.flow_type == FlowType::attribute_add_only || !flow.source;
    if (fills && !expression::is_null_or_empty(result.before)) {
      result.disposition = Disposition::target_has_value;
      return result;
    }
  }
  if (!flow.source) {
    fill_default(flow, result);  // the mapping type None: also after the creation
    return result;
  }
  expression::Outcome outcome = evaluate(index);
  switch (outcome.kind) {
    case expression::Outcome::Kind::value:
      run_value(flow, creates, std::move(outcome.value), result);
      break;
    case expression::Outcome::Kind::ignore_object:
      ignores_object_ = true;
      result.disposition = Disposition::ignored;
      break;
    case expression::Outcome::Kind::ignore_attribute:
      result.disposition = Disposition::ignored;
      break;
    case expression::Outcome::Kind::error:
      result.disposition = Disposition::failed;
      result.message = std::move(outcome.message);
      break;
  }
  return result;
}

void FlowRun::run_value(const AttributeFlow& flow, bool creates, expression::Value value,
                        FlowResult& result) const {
  if (flow.is_reference) value = resolve(std::move(value));
  const auto* list = std::get_if<expression::MultiValue>(&value);
  if (expression::is_null(value) || (creates && list != nullptr && list->empty())) {
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

}  // namespace syncwright::provisioning
