#include <fmt/format.h>

#include <utility>

#include "expression/functions/advice.h"
#include "expression/functions/letters.h"
#include "expression/lint/lint_rules.h"
#include "syncwright/expression/dotnet_regex.h"
#include "syncwright/expression/regex_suspicion.h"
#include "syncwright/expression/value.h"

namespace syncwright::expression {
namespace {

void check_hex(const Expression& constant, LintFindings& findings) {
  if (!is_oversized_hex(constant)) return;
  findings.push_back({Code::SW3104, constant.offset,
                      fmt::format("the number {} does not fit into 64 bits",
                                  quote(std::string_view(constant.text))),
                      "write 16 hexadecimal digits at most"});
}

void check_regex(const Expression& call, LintFindings& findings) {
  const Expression* pattern = argument_of(call, ArgumentKind::regular_expression);
  if (pattern == nullptr || !is_filled_constant(*pattern)) return;
  const auto regex = DotnetRegex::compile(pattern->text);
  if (!regex) {
    findings.push_back({Code::SW3106, pattern->offset, regex.error().message,
                        std::string(regex.error().advice())});
    return;
  }
  for (RegexSuspicion& each : regex_suspicions(pattern->text)) {
    findings.push_back(
        {each.code, pattern->offset, std::move(each.message), std::move(each.advice)});
  }
  const Expression* group = argument_of(call, ArgumentKind::group_name);
  if (group == nullptr || !is_filled_constant(*group) || regex->has_group(group->text)) return;
  const std::string name = shorten(group->text);
  findings.push_back({Code::SW3106, group->offset,
                      fmt::format("the regular expression has no group `{}`", name),
                      fmt::format("name it in the pattern: (?<{}>..)", name)});
}

/// The function that folds a constant's diacritics, up through whatever puts texts together;
/// nullptr where there is none.
const Function* folding_function(const LintNode& node) {
  for (const LintNode* up = node.parent; up != nullptr; up = up->parent) {
    if (up->function != nullptr && up->function->folds_diacritics) return up->function;
  }
  return nullptr;
}

void check_diacritics(const LintNode& node, LintFindings& findings) {
  const Expression& constant = *node.expression;
  if (!is_filled_constant(constant) || !has_unknown_diacritics(constant.text)) return;
  const Function* function = folding_function(node);
  if (function == nullptr) return;
  findings.push_back({Code::SW3136, constant.offset,
                      fmt::format("{} holds a letter that {} does not know",
                                  quote(std::string_view(constant.text)), function->name),
                      std::string(advice::replace_letters)});
}

}  // namespace

void lint_constants(const LintSubject& subject, LintFindings& findings) {
  for (const LintNode& node : subject.nodes()) {
    check_diacritics(node, findings);
    check_hex(*node.expression, findings);
    if (node.function != nullptr) check_regex(*node.expression, findings);
  }
}

}  // namespace syncwright::expression
