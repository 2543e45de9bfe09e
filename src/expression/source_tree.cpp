#include "syncwright/expression/source_tree.h"

#include <algorithm>

#include "expression/functions/arguments.h"
#include "expression/literal.h"

namespace syncwright::expression {
namespace {

using Kind = Expression::Kind;

Json constant_source(std::string_view name) {
  return {{"expression", quote_constant(name)},
          {"name", name},
          {"type", "Constant"},
          {"parameters", Json::array()}};
}

Json parameter_entry(std::string_view key, Json value) {
  return {{"key", key}, {"value", std::move(value)}};
}

/// docs/expressions.md#4.2: the comparison has no node of its own, its parts are parameters of the
/// call.
void append_flat_comparison(const ArgumentSlot& slot, Json& parameters) {
  const auto& sides = slot.value->arguments;
  parameters.push_back(parameter_entry(slot.key, to_source_tree(*sides.at(0))));
  parameters.push_back(
      parameter_entry(slot.parameter->operator_key, constant_source(slot.value->text)));
  parameters.push_back(parameter_entry(slot.parameter->right_key, to_source_tree(*sides.at(1))));
}

Json call_parameters(const Expression& call) {
  Json parameters = Json::array();
  for (const ArgumentSlot& slot : argument_slots(call)) {
    if (slot.value == nullptr) continue;
    if (slot.is_flat_comparison()) {
      append_flat_comparison(slot, parameters);
    } else {
      parameters.push_back(parameter_entry(slot.key, to_source_tree(*slot.value)));
    }
  }
  return parameters;
}

/// A comparison anywhere else and `&` have no attested shape [G]: a function named by the operator,
/// its operands in order.
Json operator_parameters(const Expression& expression) {
  Json parameters = Json::array();
  for (std::size_t at = 0; at < expression.arguments.size(); ++at) {
    if (!expression.arguments[at]) continue;
    parameters.push_back(
        parameter_entry("arg" + std::to_string(at + 1), to_source_tree(*expression.arguments[at])));
  }
  return parameters;
}

Json function_source(const Expression& expression, std::string name, Json parameters) {
  return {{"expression", render_expression(expression)},
          {"name", std::move(name)},
          {"type", "Function"},
          {"parameters", std::move(parameters)}};
}

bool has_proven_arguments(const Expression& expression) {
  return std::all_of(expression.arguments.begin(), expression.arguments.end(),
                     [](const auto& each) { return !each || has_proven_keys(*each); });
}

bool has_proven_slot(const ArgumentSlot& slot) {
  if (slot.value == nullptr) return true;
  if (slot.is_flat_comparison()) return has_proven_arguments(*slot.value);
  return slot.proven && has_proven_keys(*slot.value);
}

}  // namespace

Json to_source_tree(const Expression& expression) {
  switch (expression.kind) {
    case Kind::attribute:
      return {{"expression", render_expression(expression)},
              {"name", expression.text},
              {"type", "Attribute"},
              {"parameters", Json::array()}};
    case Kind::constant:
      return constant_source(expression.text);
    case Kind::parameter:
    case Kind::keyword:
      return {{"expression", expression.text},
              {"name", expression.text},
              {"type", "Constant"},
              {"parameters", Json::array()}};
    case Kind::call:
      return function_source(expression, canonical_function_name(expression.text),
                             call_parameters(expression));
    case Kind::comparison:
    case Kind::concatenation:
      return function_source(expression, expression.text, operator_parameters(expression));
  }
  return nullptr;  // unreachable: the switch names every kind
}

bool has_proven_keys(const Expression& expression) {
  switch (expression.kind) {
    case Kind::attribute:
    case Kind::constant:
    case Kind::parameter:
      return true;
    case Kind::call: {
      const std::vector<ArgumentSlot> slots = argument_slots(expression);
      return std::all_of(slots.begin(), slots.end(), has_proven_slot);
    }
    case Kind::keyword:
    case Kind::comparison:
    case Kind::concatenation:
      return false;
  }
  return false;
}

}  // namespace syncwright::expression
