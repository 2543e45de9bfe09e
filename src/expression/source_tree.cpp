#include "syncwright/expression/source_tree.h"

#include <algorithm>

#include "expression/functions/argument_slot.h"
#include "expression/renderer.h"

namespace syncwright {
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

bool is_condition(const ArgumentSlot& slot) {
  return slot.key == "one" && slot.value->kind == Kind::comparison;
}

/// docs/expressions.md#4.2: the comparison has no node of its own, its parts are parameters of the
/// IIF.
void append_condition(const Expression& comparison, Json& parameters) {
  const auto& sides = comparison.arguments;
  parameters.push_back(parameter_entry("one", to_source_tree(*sides.at(0))));
  parameters.push_back(parameter_entry("two", constant_source(comparison.text)));
  parameters.push_back(parameter_entry("three", to_source_tree(*sides.at(1))));
}

Json call_parameters(const Expression& call) {
  Json parameters = Json::array();
  for (const ArgumentSlot& slot : argument_slots(call)) {
    if (slot.value == nullptr) continue;
    if (is_iif(call.text) && is_condition(slot)) {
      append_condition(*slot.value, parameters);
    } else {
      parameters.push_back(parameter_entry(slot.key, to_source_tree(*slot.value)));
    }
  }
  return parameters;
}

/// A comparison outside IIF and `&` have no attested shape [G]: a function named by the operator,
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

bool has_proven_slot(const ArgumentSlot& slot, bool in_iif) {
  if (slot.value == nullptr) return true;
  if (in_iif && is_condition(slot)) return has_proven_arguments(*slot.value);
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
      const bool in_iif = is_iif(expression.text);
      return std::all_of(slots.begin(), slots.end(), [in_iif](const ArgumentSlot& slot) {
        return has_proven_slot(slot, in_iif);
      });
    }
    case Kind::keyword:
    case Kind::comparison:
    case Kind::concatenation:
      return false;
  }
  return false;
}

}  // namespace syncwright
