#include <algorithm>

#include "syncwright/expression/lint.h"

namespace syncwright {
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

}  // namespace syncwright
