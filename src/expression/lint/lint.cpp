#include "syncwright/expression/lint.h"

#include <algorithm>
#include <tuple>

#include "expression/lint/lint_rules.h"

namespace syncwright {

std::vector<LintFinding> lint(const Expression& expression, std::string_view text,
                              const LintContext& context) {
  const LintSubject subject(expression, text, context);
  LintFindings findings;
  for (const auto rule : {lint_calls, lint_arguments, lint_constants, lint_date_formats,
                          lint_spelling, lint_nulls, lint_places, lint_words, lint_evaluation}) {
    rule(subject, findings);
  }
  std::stable_sort(findings.begin(), findings.end(),
                   [](const LintFinding& left, const LintFinding& right) {
                     return std::tie(left.offset, left.code) < std::tie(right.offset, right.code);
                   });
  return findings;
}

}  // namespace syncwright
