#include "syncwright/expression/function_table.h"

#include <fmt/format.h>

#include <vector>

#include "expression/functions/function_groups.h"
#include "syncwright/core/ascii.h"
#include "syncwright/expression/expression.h"

namespace syncwright::expression {
namespace {

std::vector<Function> assemble_table() {
  std::vector<Function> table;
  for (const FunctionGroup& group : function_groups()) {
    table.insert(table.end(), group.functions.begin(), group.functions.end());
  }
  std::sort(table.begin(), table.end(), [](const Function& left, const Function& right) {
    return ascii::lower(left.name) < ascii::lower(right.name);
  });
  return table;
}

}  // namespace

std::span<const FunctionGroup> function_groups() {
  static const std::array groups = {text_functions(), list_functions(),   logic_functions(),
                                    flow_functions(), date_functions(),   encoding_functions(),
                                    role_functions(), random_functions(), replace_functions()};
  return groups;
}

std::span<const Function> function_table() {
  static const std::vector<Function> table = assemble_table();
  return table;
}

const Function* find_function(std::string_view name) {
  const std::span<const Function> table = function_table();
  const auto found = std::find_if(table.begin(), table.end(), [name](const Function& function) {
    return ascii::equal_ignoring_case(function.name, name) ||
           (!function.also_spelled.empty() &&
            ascii::equal_ignoring_case(function.also_spelled, name));
  });
  return found == table.end() ? nullptr : &*found;
}

const Function* called_function(const Expression& expression) {
  return expression.kind == Expression::Kind::call ? find_function(expression.text) : nullptr;
}

std::string usage_of(const Function& function) {
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

const ForeignFunction* find_foreign_function(std::string_view name) {
  for (const FunctionGroup& group : function_groups()) {
    const auto found = std::find_if(group.foreign.begin(), group.foreign.end(),
                                    [name](const ForeignFunction& each) {
                                      return ascii::equal_ignoring_case(each.name, name);
                                    });
    if (found != group.foreign.end()) return &*found;
  }
  return nullptr;
}

}  // namespace syncwright::expression
