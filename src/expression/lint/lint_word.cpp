#include <fmt/format.h>

#include <algorithm>

#include "expression/functions/argument_slot.h"
#include "expression/lint/lint_rules.h"
#include "expression/literal.h"

namespace syncwright {
namespace {

/// The key of the parameter that the node is given as; empty where it is no argument of a call.
std::string key_of(const LintNode& node) {
  if (node.parent == nullptr || !is_call(*node.parent->expression)) return {};
  return argument_slots(*node.parent->expression).at(node.position).key;
}

/// An argument that refuses the word has said so.
bool is_told_at(const LintFindings& findings, std::size_t offset) {
  return std::any_of(findings.begin(), findings.end(),
                     [offset](const LintFinding& each) { return each.offset == offset; });
}

}  // namespace

void lint_words(const LintSubject& subject, LintFindings& findings) {
  for (const LintNode& node : subject.nodes()) {
    const Expression& word = *node.expression;
    if (word.kind != Expression::Kind::keyword) continue;
    const std::string_view parameter = parameter_of_keyword(word.text);
    if (parameter.empty() || key_of(node) == parameter) continue;
    if (is_told_at(findings, word.offset)) continue;
    findings.push_back(
        {"SW3127", word.offset,
         fmt::format("`{}` is a word for `{}`, and stands elsewhere", word.text, parameter),
         fmt::format("where the text is meant write \"{}\"", word.text)});
  }
}

}  // namespace syncwright
