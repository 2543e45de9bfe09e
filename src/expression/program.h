#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "expression/functions/comparison.h"
#include "expression/functions/function_groups.h"
#include "expression/stop_cause.h"
#include "syncwright/expression/dotnet_regex.h"
#include "syncwright/expression/evaluator.h"
#include "syncwright/expression/expression.h"

namespace syncwright {

struct FunctionSignature;

/// A node of an expression made ready: whatever does not depend on the input is done already.
struct ProgramNode {
  enum class Kind {
    empty,             ///< a place between commas left empty: null
    constant,          ///< `constant`
    attribute,         ///< `text`: its name
    parameter,         ///< `text`: its name without the percent signs
    ignore_attribute,  ///< the keyword IgnoreAttributeFlow
    ignore_object,     ///< the keyword IgnoreObjectFlow
    failure,           ///< cannot be evaluated, `text` says why: an unknown function, say
    call,              ///< `function`, known to have a fitting number of arguments
    comparison,        ///< `comparison`; two arguments
    concatenation,     ///< all arguments
  };

  Kind kind = Kind::empty;
  std::size_t offset = 0;
  std::string text;
  Value constant;
  std::optional<std::int64_t> integer;  ///< what a constant is as a whole number
  Function function = nullptr;
  const FunctionSignature* signature = nullptr;
  StopCause cause = StopCause::fault;  ///< of a failure
  ComparisonOperator comparison = ComparisonOperator::equal;
  /// Of a constant that its call takes for a regular expression: compiled, or what is wrong with
  /// it.
  std::optional<tl::expected<DotnetRegex, RegexRefusal>> regex;
  std::vector<ProgramNode> arguments;
};

/// Immutable after `compile_program`; evaluations share it between threads.
struct ExpressionProgram {
  ProgramNode root;
  EvaluationSettings settings;
  EvaluationLimits limits;
  std::vector<std::string> attributes;  ///< sorted, each once
  bool has_branches = false;            ///< IIF or Switch is in it
  bool reads_single_role = false;       ///< SingleAppRoleAssignment is
};

/// Cannot fail: what is wrong with a node becomes the failure of the evaluation that reaches it.
[[nodiscard]] ExpressionProgram compile_program(const Expression& expression,
                                                const EvaluationSettings& settings,
                                                const EvaluationLimits& limits);

}  // namespace syncwright
