#include "expression/functions/arity.h"

#include <fmt/format.h>

#include <algorithm>

#include "expression/functions/argument_slot.h"

namespace syncwright {
namespace {

std::string counted(std::size_t count) {
  return fmt::format("{} argument{}", count, count == 1 ? "" : "s");
}

std::string described(const FunctionSignature& function) {
  if (function.most == kAnyNumberOfArguments) {
    return fmt::format("at least {}", counted(function.least));
  }
  if (function.most == 0) return "no arguments";
  if (function.least == function.most) return counted(function.most);
  return fmt::format("{} to {}", function.least, counted(function.most));
}

/// The fixed ones of a function whose others come in pairs.
std::size_t fixed_arguments(const FunctionSignature& function) {
  return function.parameters.size() - 1;
}

bool lacks_a_value(const FunctionSignature& function, std::size_t given) {
  if (!function.pairs || given <= fixed_arguments(function)) return false;
  return (given - fixed_arguments(function)) % 2 != 0;
}

/// nullptr where every place that must be filled is.
const FunctionParameter* left_out(const FunctionSignature& function, const Expression& call) {
  for (const ArgumentSlot& slot : argument_slots(call)) {
    if (slot.value != nullptr) continue;
    const auto parameter =
        std::find_if(function.parameters.begin(), function.parameters.end(),
                     [&](const FunctionParameter& each) { return each.key == slot.key; });
    if (parameter != function.parameters.end() && parameter->required) return &*parameter;
  }
  return nullptr;
}

}  // namespace

std::optional<ArityFault> arity_fault(const FunctionSignature& function, const Expression& call) {
  using Kind = ArityFault::Kind;
  const std::size_t given = call.arguments.size();
  if (lacks_a_value(function, given)) {
    return ArityFault{
        Kind::unpaired,
        fmt::format("the last key of `{}` has no value: keys and values come in pairs",
                    function.name)};
  }
  if (given < function.least || given > function.most) {
    return ArityFault{Kind::count, fmt::format("`{}` takes {}, found {}", function.name,
                                               described(function), given)};
  }
  if (const FunctionParameter* parameter = left_out(function, call)) {
    return ArityFault{Kind::left_out,
                      fmt::format("`{}` is left out of `{}`", parameter->key, function.name)};
  }
  return std::nullopt;
}

std::string usage_of(const FunctionSignature& function) {
  if (!function.usage.empty()) return fmt::format("{}({})", function.name, function.usage);
  std::string usage;
  for (const FunctionParameter& parameter : function.parameters) {
    if (!usage.empty()) usage += ", ";
    if (parameter.repeats) {
      usage += fmt::format("{}, ..", parameter.key);
    } else {
      usage += parameter.required ? std::string(parameter.key) : fmt::format("[{}]", parameter.key);
    }
  }
  return fmt::format("{}({})", function.name, usage);
}

}  // namespace syncwright
