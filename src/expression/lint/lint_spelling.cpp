#include <fmt/format.h>

#include <algorithm>

#include "expression/functions/advice.h"
#include "expression/lint/lint_rules.h"
#include "syncwright/expression/value.h"

namespace syncwright::expression {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

bool is_blank_at(std::string_view text, std::size_t at) {
  return at < text.size() && kBlanks.find(text[at]) != std::string_view::npos;
}

void check_blanks(const Expression& attribute, std::string_view text, LintFindings& findings) {
  const std::size_t inside = attribute.offset + 1;
  if (inside >= text.size()) return;  // no text was given
  const std::size_t name = std::min(text.find_first_not_of(kBlanks, inside), text.size());
  if (name == inside && !is_blank_at(text, name + attribute.text.size())) return;
  const std::string name_shown = shorten(attribute.text);
  findings.push_back({Code::SW3110, attribute.offset,
                      fmt::format("blanks stand round the attribute name `{}`", name_shown),
                      fmt::format("write [{}]", name_shown)});
}

/// `\"` and `\\` are the escapes (docs/expressions.md#1); the first other backslash of a text is
/// told.
void check_backslash(const Expression& constant, std::string_view text, LintFindings& findings) {
  if (constant.offset >= text.size() || text[constant.offset] != '"') return;
  for (std::size_t at = constant.offset + 1; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] != '\\') continue;
    ++at;
    if (at >= text.size() || text[at] == '"' || text[at] == '\\') continue;
    findings.push_back({Code::SW3111, at - 1, "a single backslash stands in a text",
                        "double it: a backslash in a text is written \\\\"});
    return;
  }
}

void check_parameter(const Expression& parameter, LintFindings& findings) {
  if (parameter.text == "%DomainFQDN%" || parameter.text == "%DomainNetBios%") return;
  findings.push_back({Code::SW3112, parameter.offset,
                      fmt::format("{} is no known parameter", shorten(parameter.text)),
                      "known: %DomainFQDN% and %DomainNetBios%"});
}

void check_concatenation(const LintSubject& subject, const Expression& node,
                         LintFindings& findings) {
  if (subject.context().cloud_sync || node.arguments.size() < 2 || !node.arguments[1]) return;
  const std::size_t second = node.arguments[1]->offset;  // may be `&HF` itself
  const std::size_t sign =
      second == 0 ? std::string_view::npos : subject.text().rfind('&', second - 1);
  findings.push_back({Code::SW3113, sign == std::string_view::npos ? node.offset : sign,
                      "`&` joins texts in Cloud Sync alone", std::string(advice::join_texts)});
}

}  // namespace

void lint_spelling(const LintSubject& subject, LintFindings& findings) {
  for (const LintNode& node : subject.nodes()) {
    const Expression& expression = *node.expression;
    switch (expression.kind) {
      case Expression::Kind::attribute:
        check_blanks(expression, subject.text(), findings);
        break;
      case Expression::Kind::constant:
        check_backslash(expression, subject.text(), findings);
        break;
      case Expression::Kind::parameter:
        check_parameter(expression, findings);
        break;
      case Expression::Kind::concatenation:
        check_concatenation(subject, expression, findings);
        break;
      case Expression::Kind::keyword:
      case Expression::Kind::call:
      case Expression::Kind::comparison:
        break;
    }
  }
}

}  // namespace syncwright::expression
