#pragma once

#include <optional>
#include <string_view>

#include "cli/session.h"
#include "syncwright/core/diagnostic_catalog.h"
#include "syncwright/expression/evaluator.h"
#include "syncwright/expression/expression.h"

namespace syncwright::cli {

/// An expression of the command line or of standard input, and what there is to say about it.
struct TypedExpression {
  std::optional<Expression> expression;  ///< nullopt: the findings hold an error
  Diagnostics findings;                  ///< placed in the expression
};

/// Findings are what `validate` says of the same text, with the project's settings and severities,
/// as far as it hangs on the expression alone: what it is mapped to, how often and from which job
/// is not known.
[[nodiscard]] TypedExpression read_typed_expression(std::string_view text,
                                                    const EvaluationSettings& settings,
                                                    const Severities& severities);

/// Each finding on stderr, with the line it is in and a caret.
void print_findings(Session& session, const Diagnostics& findings, std::string_view text);

}  // namespace syncwright::cli
