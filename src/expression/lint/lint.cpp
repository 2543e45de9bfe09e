#include "syncwright/expression/lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "expression/lint/lint_rules.h"
#include "syncwright/core/text.h"
#include "syncwright/expression/parser.h"

namespace syncwright::expression {

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

namespace {

bool is_same(const LintFinding& left, const LintFinding& right) {
  return left.code == right.code && left.offset == right.offset && left.message == right.message;
}

}  // namespace

// Who types an expression says neither what it is mapped to nor from which kind of job. What holds
// of a mapping to an application and of one from an HR system to Active Directory holds of the
// expression; the rest is about the mapping, and would be a guess.
std::vector<LintFinding> lint_alone(const Expression& expression, std::string_view text,
                                    const EvaluationSettings& settings) {
  LintContext context;
  context.settings = settings;
  context.only_at_creation = true;
  std::vector<LintFinding> findings = lint(expression, text, context);
  context.hr_inbound = true;
  context.to_active_directory = true;
  const std::vector<LintFinding> elsewhere = lint(expression, text, context);
  std::erase_if(findings, [&elsewhere](const LintFinding& finding) {
    return std::none_of(elsewhere.begin(), elsewhere.end(),
                        [&](const LintFinding& other) { return is_same(finding, other); });
  });
  return findings;
}

tl::expected<Expression, LintFinding> read_expression(std::string_view text) {
  const std::size_t characters = character_count(text);
  if (characters > kMaxExpressionCharacters) {
    return tl::unexpected(
        LintFinding{Code::SW3002, 0,
                    fmt::format("{} characters, {} at most", characters, kMaxExpressionCharacters),
                    "fill an extension attribute with the result and map that"});
  }
  auto expression = parse_expression(text);
  if (expression) return std::move(*expression);
  ExpressionError& error = expression.error();
  return tl::unexpected(
      LintFinding{Code::SW3001, error.offset, std::move(error.message), std::move(error.advice)});
}

}  // namespace syncwright::expression
