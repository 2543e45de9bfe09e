#pragma once

#include "syncwright/expression/evaluator.h"

namespace syncwright {

/// What a clause of a scoping filter says of an attribute without a value (docs/expressions.md#5).
/// strict: it does not hold, as documented. lenient: negative operators and IS FALSE hold.
enum class FilterNulls { strict, lenient };

/// `spec.expressions` of the project: how `eval` and `test` settle what Microsoft's documents leave
/// open (docs/expressions.md#7). No part of the desired state: a plan does not depend on it.
struct ExpressionSettings {
  EvaluationSettings evaluation;
  FilterNulls scope_nulls = FilterNulls::strict;   ///< of `groups`
  FilterNulls input_nulls = FilterNulls::lenient;  ///< of `inputFilterGroups`
  bool operator==(const ExpressionSettings&) const = default;
};

}  // namespace syncwright
