#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/expression/expression.h"
#include "syncwright/expression/function_table.h"

namespace syncwright::expression {

/// One place between the parentheses of a call, with the key that the Graph tree gives it.
struct ArgumentSlot {
  std::string key;
  const Expression* value = nullptr;             ///< into the call; nullptr = left empty
  const FunctionParameter* parameter = nullptr;  ///< nullptr: the function is unknown or has fewer
  bool proven = false;                           ///< the key is attested

  [[nodiscard]] bool is_integer() const { return parameter != nullptr && parameter->is_integer(); }
  [[nodiscard]] bool is(ArgumentKind kind) const {
    return parameter != nullptr && parameter->kind == kind;
  }
  /// A comparison whose parts are entries of the call in the tree (docs/expressions.md#4.2).
  [[nodiscard]] bool is_flat_comparison() const {
    return parameter != nullptr && !parameter->operator_key.empty() && value != nullptr &&
           value->kind == Expression::Kind::comparison;
  }
};

/// As many as were written, and at least as many as the function declares: the service renders the
/// optional ones that were left out as empty places.
[[nodiscard]] std::vector<ArgumentSlot> argument_slots(const Expression& call);

/// The parameters that a call fills: without those that came later, where it is short of them.
[[nodiscard]] std::vector<const FunctionParameter*> parameters_in_use(const Function& function,
                                                                      bool is_short);
/// The parameter that came later; nullptr where the function has none.
[[nodiscard]] const FunctionParameter* later_parameter(const Function& function);

/// The table's spelling; second spellings and names that the table does not hold stay as they are.
[[nodiscard]] std::string canonical_function_name(std::string_view name);

/// Why a call does not fit its function, whatever its arguments are.
struct ArityFault {
  enum class Kind {
    count,     ///< too few places or too many
    left_out,  ///< a place that must be filled is empty
    unpaired,  ///< the last key has no value
  };
  Kind kind = Kind::count;
  std::string message;  ///< a sentence that names the function
};

/// The one answer that evaluator, lint and renderer give. An empty place is no argument where the
/// table requires one; an empty value of a pair is one (docs/expressions.md#3.3).
[[nodiscard]] std::optional<ArityFault> arity_fault(const Function& function,
                                                    const Expression& call);

}  // namespace syncwright::expression
