#include "cli/typed_expression.h"

#include "syncwright/core/utf8.h"
#include "syncwright/expression/read_expression.h"
#include "syncwright/report/diagnostic_text.h"

namespace syncwright::cli {
namespace {

void add_finding(LintFinding finding, std::string_view text, Diagnostics& diagnostics) {
  diagnostics.add(finding.code, place_in_expression(text, finding.offset),
                  std::move(finding.message), std::move(finding.advice));
}

}  // namespace

TypedExpression read_typed_expression(std::string_view text, const EvaluationSettings& settings,
                                      const Severities& severities) {
  TypedExpression typed;
  if (const auto at = find_invalid_utf8(text)) {
    typed.findings.add(Code::SW3001, {},
                       fmt::format("the expression is no text: byte 0x{:02X} at position {} is not "
                                   "valid UTF-8",
                                   static_cast<unsigned char>(text[*at]), *at + 1),
                       "write it in UTF-8");
    return typed;
  }
  auto expression = read_expression(text);
  if (!expression) {
    add_finding(std::move(expression.error()), text, typed.findings);
    return typed;
  }
  for (LintFinding& finding : lint_alone(*expression, text, settings)) {
    add_finding(std::move(finding), text, typed.findings);
  }
  typed.findings = with_severities(std::move(typed.findings), severities);
  if (!typed.findings.has_errors()) typed.expression = std::move(*expression);
  return typed;
}

void print_findings(Session& session, const Diagnostics& findings, std::string_view text) {
  if (!session.console.log_json()) {
    session.console.raw(render_expression_diagnostics(findings, text, session.console.err_style()));
    return;
  }
  for (const Diagnostic& finding : findings.items()) {
    const std::string message = finding.code == Code::none
                                    ? finding.message
                                    : std::string(to_string(finding.code)) + ": " + finding.message;
    switch (finding.severity) {
      case Severity::error:
        session.console.error(message, finding.advice);
        break;
      case Severity::warning:
        session.console.warn(message);
        break;
      case Severity::note:
        session.console.note(message);
        break;
    }
  }
}

}  // namespace syncwright::cli
