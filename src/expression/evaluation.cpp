#include "expression/evaluation.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "expression/functions/advice.h"
#include "expression/functions/call.h"

namespace syncwright::expression {

void Evaluation::stop(Outcome::Kind kind, std::size_t offset, std::string message,
                      StopCause cause) {
  if (stop_) return;
  stop_ = Outcome{.kind = kind, .value = {}, .message = std::move(message), .offset = offset};
  cause_ = cause;
}

void Evaluation::evaluate_untaken(const ProgramNode& node) {
  if (stop_) return;
  (void)evaluate(node);
  if (stop_ && !is_failure(cause_)) stop_.reset();
}

bool Evaluation::take_steps(std::size_t count, std::size_t offset) {
  if (stop_) return false;
  if (count > program_.limits.steps - steps_) {
    stop(Outcome::Kind::error, offset,
         fmt::format("the expression takes more than {} steps", program_.limits.steps),
         StopCause::unknown);
    return false;
  }
  steps_ += count;
  return true;
}

bool Evaluation::take_bytes(std::size_t count, std::size_t offset) {
  if (stop_) return false;
  if (count > bytes_left()) {
    stop(Outcome::Kind::error, offset,
         fmt::format("the expression makes more than {} bytes of text", program_.limits.bytes),
         StopCause::unknown);
    return false;
  }
  bytes_ += count;
  return true;
}

Operand Evaluation::evaluate(const ProgramNode& node) {
  if (!take_steps(1, node.offset)) return {};
  switch (node.kind) {
    case ProgramNode::Kind::empty:
      return {};
    case ProgramNode::Kind::constant:
      return Operand::borrow(node.constant);
    case ProgramNode::Kind::attribute: {
      const Value* value = input_.attributes.find(node.text);
      return value == nullptr ? Operand() : Operand::borrow(*value);
    }
    case ProgramNode::Kind::parameter:
      return parameter(node);
    case ProgramNode::Kind::ignore_attribute:
      stop(Outcome::Kind::ignore_attribute, node.offset, {}, StopCause::wanted);
      return {};
    case ProgramNode::Kind::ignore_object:
      stop(Outcome::Kind::ignore_object, node.offset, {}, StopCause::wanted);
      return {};
    case ProgramNode::Kind::failure:
      stop(Outcome::Kind::error, node.offset, node.text, node.cause);
      return {};
    case ProgramNode::Kind::call: {
      Call call(*this, node);
      return node.function->body(call);
    }
    case ProgramNode::Kind::comparison:
      return comparison(node);
    case ProgramNode::Kind::concatenation:
      return concatenation(node);
  }
  return {};
}

Outcome Evaluation::outcome(Operand result) {
  if (stop_) return std::move(*stop_);
  return {
      .kind = Outcome::Kind::value, .value = std::move(result).take(), .message = {}, .offset = 0};
}

Operand Evaluation::parameter(const ProgramNode& node) {
  if (input_.parameters != nullptr) {
    const auto found = input_.parameters->find(node.text);
    if (found != input_.parameters->end()) return Value(found->second);
  }
  stop(Outcome::Kind::error, node.offset,
       fmt::format("%{0}%: no value is given for it; pass `--parameter {0}=VALUE`",
                   shorten(node.text)),
       StopCause::unknown);
  return {};
}

Operand Evaluation::comparison(const ProgramNode& node) {
  const Operand left = evaluate(node.arguments[0]);
  const Operand right = evaluate(node.arguments[1]);
  if (stopped()) return {};
  if (settings().null_comparison_fails && (left.is_null() || right.is_null())) {
    stop(Outcome::Kind::error, node.offset,
         fmt::format("`{}`: compares {} with {}; a comparison with an absent value fails, {}",
                     node.text, quote(left.value()), quote(right.value()), advice::test_absence),
         StopCause::fault);
    return {};
  }
  return Value(
      compare(left.value(), node.comparison, right.value(), settings().comparison_ignores_case));
}

Operand Evaluation::concatenation(const ProgramNode& node) {
  std::string text;
  for (const ProgramNode& argument : node.arguments) {
    const Text part(evaluate(argument));
    if (!take_bytes(std::string_view(part).size(), node.offset)) return {};
    text += part;
  }
  return Value(std::move(text));
}

}  // namespace syncwright::expression
