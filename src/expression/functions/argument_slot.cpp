#include "expression/functions/argument_slot.h"

#include <algorithm>
#include <span>

#include "expression/literal.h"
#include "syncwright/core/ascii.h"
#include "syncwright/expression/function_table.h"

namespace syncwright {
namespace {

/// The parameters that a call of this many arguments fills. FormatDateTime gained its second one
/// later, so that three arguments skip it (docs/expressions.md#3).
std::vector<FunctionParameter> declared_parameters(const Expression& call,
                                                   const FunctionSignature* signature) {
  if (signature == nullptr) return {};
  std::vector<FunctionParameter> parameters(signature->parameters.begin(),
                                            signature->parameters.end());
  if (is_format_date_time(signature->name) && call.arguments.size() < parameters.size()) {
    std::erase_if(parameters, [](const auto& each) { return each.key == "dateTimeStyle"; });
  }
  return parameters;
}

std::size_t fixed_count(std::span<const FunctionParameter> parameters) {
  const bool variadic = !parameters.empty() && parameters.back().repeats;
  return parameters.size() - (variadic ? 1 : 0);
}

}  // namespace

std::vector<ArgumentSlot> argument_slots(const Expression& call) {
  const FunctionSignature* signature = find_function(call.text);
  const std::vector<FunctionParameter> parameters = declared_parameters(call, signature);
  const std::size_t fixed = fixed_count(parameters);
  std::vector<ArgumentSlot> slots(std::max(call.arguments.size(), fixed));
  for (std::size_t at = 0; at < slots.size(); ++at) {
    ArgumentSlot& slot = slots[at];
    if (at < call.arguments.size() && call.arguments[at]) slot.value = &*call.arguments[at];
    const std::size_t parameter = std::min(at, fixed);
    if (parameter >= parameters.size()) {  // unknown function, or more than it takes
      slot.key = "arg" + std::to_string(at + 1);
      continue;
    }
    slot.key = parameters[parameter].key;
    slot.integer = parameters[parameter].integer;
    slot.proven = signature->proven_keys;
  }
  return slots;
}

std::string canonical_function_name(std::string_view name) {
  const FunctionSignature* signature = find_function(name);
  if (signature == nullptr || name == "Instr") return std::string(name);
  return std::string(signature->name);
}

bool is_iif(std::string_view name) {
  return ascii::equal_ignoring_case(name, "IIF");
}

bool is_format_date_time(std::string_view name) {
  return ascii::equal_ignoring_case(name, "FormatDateTime");
}

}  // namespace syncwright
