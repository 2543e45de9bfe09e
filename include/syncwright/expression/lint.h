#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "syncwright/core/code.h"
#include "syncwright/expression/evaluator.h"
#include "syncwright/expression/expression.h"

namespace syncwright::expression {

/// What the job does that an expression belongs to, as far as it is known offline: several
/// pitfalls exist only there (docs/expressions.md#3).
struct LintContext {
  bool scope_all = false;            ///< `scope: all`: role functions read nothing then
  bool cloud_sync = false;           ///< AD to Entra: Trim, `&` and the Cloud Sync functions exist
  bool to_active_directory = false;  ///< the target is on-premises AD: "" is refused there
  bool hr_inbound = false;        ///< Workday, SuccessFactors, API-driven: SelectUniqueValue exists
  bool matches = false;           ///< the mapping's matchingPriority is over 0
  bool only_at_creation = false;  ///< flowType ObjectAddOnly
  /// How the project settles what is not documented (docs/expressions.md#7).
  EvaluationSettings settings{};
  std::vector<std::string> reference_attributes;  ///< "manager", ...: not to pass through functions
};

/// One finding. `code` is a code of the diagnostic catalog, whose severity holds.
struct LintFinding {
  Code code = Code::none;
  std::size_t offset = 0;  ///< byte in the expression's text
  std::string message;
  std::string advice;
};

/// Everything that can be told about one expression without a schema, in order of position. `text`
/// is what `expression` was parsed from: some findings are about spelling.
[[nodiscard]] std::vector<LintFinding> lint(const Expression& expression, std::string_view text,
                                            const LintContext& context = {});

/// The same of an expression that stands alone: what holds of it whatever it is mapped to.
[[nodiscard]] std::vector<LintFinding> lint_alone(const Expression& expression,
                                                  std::string_view text,
                                                  const EvaluationSettings& settings);

/// An expression as people write it, in a manifest or on a command line. The finding is what keeps
/// the text from being one: SW3002 of the whole text, which is too long, or SW3001 at the first
/// byte that does not fit.
[[nodiscard]] tl::expected<Expression, LintFinding> read_expression(std::string_view text);

}  // namespace syncwright::expression
