#pragma once

#include <optional>
#include <string>

#include "syncwright/expression/expression.h"
#include "syncwright/expression/function_table.h"

namespace syncwright {

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
/// table requires one; an empty value in Switch is one (docs/expressions.md#3.3).
[[nodiscard]] std::optional<ArityFault> arity_fault(const FunctionSignature& function,
                                                    const Expression& call);

}  // namespace syncwright
