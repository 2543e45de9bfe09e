#include "expression/functions/arguments.h"

#include <fmt/format.h>

#include <algorithm>

#include "syncwright/core/text.h"

namespace syncwright::expression {
namespace {

std::string permitted_count(const Function& function) {
  if (function.most() == kAnyNumberOfArguments) {
    return fmt::format("at least {}", count_words(function.least(), "argument"));
  }
  if (function.most() == 0) return "no arguments";
  if (function.least() == function.most()) return count_words(function.most(), "argument");
  return fmt::format("{} to {}", function.least(), count_words(function.most(), "argument"));
}

bool lacks_a_value(const Function& function, std::size_t given) {
  if (!function.pairs || given <= function.first_key()) return false;
  return (given - function.first_key()) % 2 != 0;
}

/// nullptr where every place that must be filled is.
const FunctionParameter* first_missing(const Expression& call) {
  for (const ArgumentSlot& slot : argument_slots(call)) {
    if (slot.value != nullptr || slot.parameter == nullptr) continue;
    if (slot.parameter->required) return slot.parameter;
  }
  return nullptr;
}

}  // namespace

const FunctionParameter* later_parameter(const Function& function) {
  const auto* const found =
      std::find_if(function.parameters.begin(), function.parameters.end(),
                   [](const FunctionParameter& each) { return each.came_later; });
  return found == function.parameters.end() ? nullptr : found;
}

std::vector<const FunctionParameter*> parameters_in_use(const Function& function, bool is_short) {
  std::vector<const FunctionParameter*> parameters;
  for (const FunctionParameter& each : function.parameters) {
    if (!is_short || !each.came_later) parameters.push_back(&each);
  }
  return parameters;
}

std::vector<ArgumentSlot> argument_slots(const Expression& call) {
  const Function* function = find_function(call.text);
  std::vector<const FunctionParameter*> parameters;
  if (function != nullptr) {
    parameters = parameters_in_use(*function, call.arguments.size() < function->parameters.size());
  }
  const bool repeats = !parameters.empty() && parameters.back()->repeats;
  const std::size_t fixed = parameters.size() - (repeats ? 1 : 0);
  std::vector<ArgumentSlot> slots(std::max(call.arguments.size(), fixed));
  for (std::size_t at = 0; at < slots.size(); ++at) {
    ArgumentSlot& slot = slots[at];
    if (at < call.arguments.size() && call.arguments[at]) slot.value = &*call.arguments[at];
    const std::size_t parameter = std::min(at, fixed);
    if (parameter >= parameters.size()) {
      slot.key = "arg" + std::to_string(at + 1);
      continue;
    }
    slot.parameter = parameters[parameter];
    slot.key = slot.parameter->key;
    slot.proven = function->proven_keys;
  }
  return slots;
}

std::string canonical_function_name(std::string_view name) {
  const Function* function = find_function(name);
  if (function == nullptr || name == function->also_spelled) return std::string(name);
  return std::string(function->name);
}

std::optional<ArityFault> arity_fault(const Function& function, const Expression& call) {
  using Kind = ArityFault::Kind;
  const std::size_t given = call.arguments.size();
  if (lacks_a_value(function, given)) {
    return ArityFault{
        Kind::unpaired,
        fmt::format("the last key of `{}` has no value: keys and values come in pairs",
                    function.name)};
  }
  if (given < function.least() || given > function.most()) {
    return ArityFault{Kind::count, fmt::format("`{}` takes {}, found {}", function.name,
                                               permitted_count(function), given)};
  }
  if (const FunctionParameter* parameter = first_missing(call)) {
    return ArityFault{Kind::left_out,
                      fmt::format("`{}` is left out of `{}`", parameter->key, function.name)};
  }
  return std::nullopt;
}

}  // namespace syncwright::expression
