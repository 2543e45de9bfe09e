#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "expression/functions/comparison.h"
#include "syncwright/expression/dotnet_regex.h"
#include "syncwright/expression/evaluator.h"
#include "syncwright/expression/expression.h"
#include "syncwright/expression/function_table.h"

namespace syncwright::expression {

/// What it says of the service that an evaluation ended before its time.
enum class StopCause {
  fault,    ///< the service would fail as well, wherever it evaluates this
  unread,   ///< a text that is no date as far as we read dates: the service may know more forms
  wanted,   ///< the author's own word, which counts only in the branch that is taken
  unknown,  ///< nothing: a bound of ours, or what only the tenant knows
};

/// Whether the service fails as well, as far as is known.
[[nodiscard]] constexpr bool is_failure(StopCause cause) {
  return cause == StopCause::fault || cause == StopCause::unread;
}

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
    call,              ///< of `function`, known to have a fitting number of arguments
    comparison,        ///< `comparison`; two arguments
    concatenation,     ///< all arguments
  };

  Kind kind = Kind::empty;
  std::size_t offset = 0;
  std::string text;
  Value constant;
  std::optional<std::int64_t> integer;  ///< what a constant is as a whole number
  const Function* function = nullptr;
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
  std::vector<std::string> attributes;                ///< sorted, each once
  std::vector<bool EvaluationSettings::*> contested;  ///< of the functions that are in it
};

/// Cannot fail: what is wrong with a node becomes the failure of the evaluation that reaches it.
[[nodiscard]] ExpressionProgram compile_program(const Expression& expression,
                                                const EvaluationSettings& settings,
                                                const EvaluationLimits& limits);

}  // namespace syncwright::expression
