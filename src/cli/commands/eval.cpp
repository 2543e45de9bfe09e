#include <iostream>

#include "cli/commands.h"
#include "cli/evaluation_flags.h"
#include "cli/reports.h"
#include "syncwright/core/diagnostic_catalog.h"
#include "syncwright/core/text.h"
#include "syncwright/expression/evaluator.h"
#include "syncwright/expression/lint.h"
#include "syncwright/expression/source_tree.h"
#include "syncwright/report/diagnostic_text.h"

namespace syncwright::cli {
namespace {

/// Of standard input: far more than any expression, so that the length of one that is too long is
/// told as it is.
constexpr std::size_t kMaxInputBytes = 1u << 20u;

struct EvalFlags {
  std::string expression;
  EvaluationFlags world;
  bool tree = false;
};

/// Standard input, without the final line feed that a shell adds; nullopt, and said, where it is
/// over its bound.
std::optional<std::string> read_input(Session& session) {
  std::string text;
  for (char letter = 0; std::cin.get(letter);) {
    if (text.size() == kMaxInputBytes) {
      session.console.error(fmt::format("standard input holds more than {} bytes", kMaxInputBytes));
      return std::nullopt;
    }
    text += letter;
  }
  if (text.ends_with('\n')) {
    text.pop_back();
  }
  return text;
}

/// An expression of the command line or of standard input, and what there is to say about it.
struct TypedExpression {
  std::optional<expression::Expression> expression;  ///< nullopt: the findings hold an error
  Diagnostics findings;                              ///< placed in the expression
};

void add_finding(expression::LintFinding finding, std::string_view text, Diagnostics& diagnostics) {
  diagnostics.add(finding.code, report::place_in_expression(text, finding.offset),
                  std::move(finding.message), std::move(finding.advice));
}

/// Findings are what `validate` says of the same text, with the project's settings and severities,
/// as far as it hangs on the expression alone: what it is mapped to, how often and from which job
/// is not known.
TypedExpression read_typed_expression(std::string_view text,
                                      const expression::EvaluationSettings& settings,
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
  auto expression = expression::read_expression(text);
  if (!expression) {
    add_finding(std::move(expression.error()), text, typed.findings);
    return typed;
  }
  for (expression::LintFinding& finding : expression::lint_alone(*expression, text, settings)) {
    add_finding(std::move(finding), text, typed.findings);
  }
  typed.findings = with_severities(std::move(typed.findings), severities);
  if (!typed.findings.has_errors()) typed.expression = std::move(*expression);
  return typed;
}

/// Each finding on stderr, with the line it is in and a caret.
void print_findings(Session& session, const Diagnostics& findings, std::string_view text) {
  if (session.console.log_json()) return record_diagnostics(session.console, findings);
  session.console.raw(
      report::render_expression_diagnostics(findings, text, session.console.err_style()));
}

std::string value_line(const expression::Value& value) {
  if (expression::is_null(value)) return {};
  return std::holds_alternative<expression::MultiValue>(value)
             ? canonical_json(to_json(value)) + "\n"
             : expression::to_text(value) + "\n";
}

void print_value(Session& session, const expression::Value& value, bool ignored) {
  tell_result(
      session,
      report::Answer{"eval", [&value](const report::Style& /*style*/) { return value_line(value); },
                     report::json_text(Json{{"value", to_json(value)}, {"ignored", ignored}})});
}

/// Where the service may fail though there is a value here: "a branch ... both: Mid: start is 0".
Diagnostics doubts_of(const expression::Evaluator& evaluator,
                      const expression::EvaluationInput& input, std::string_view text) {
  Diagnostics doubts;
  for (const expression::Doubt& doubt : evaluator.doubts(input)) {
    doubts.add(doubt.code, report::place_in_expression(text, doubt.offset),
               doubt.message + ": " + doubt.failure, doubt.advice);
  }
  return doubts;
}

/// The value on stdout, what there is to say about it on stderr. A doubt that the project makes an
/// error is one: exit code 1, without a value.
ExitCode evaluate(Session& session, const TypedExpression& typed, const std::string& text,
                  const EvaluationFlags& flags, const manifest::Loaded& project) {
  const auto world = read_evaluation_world(session, flags);
  if (!world) {
    return world.error();
  }
  const expression::EvaluationInput input = world->input();
  const expression::Evaluator evaluator(*typed.expression, project.expressions.evaluation);
  const expression::Outcome outcome = evaluator.evaluate(input);
  Diagnostics said;
  if (outcome.kind == expression::Outcome::Kind::error) {
    said.add({{},
              Severity::error,
              outcome.message,
              {},
              report::place_in_expression(text, outcome.offset)});
  } else {
    said = with_severities(doubts_of(evaluator, input, text), project.desired.severities);
  }
  const bool failed = said.has_errors();
  said.append(typed.findings);
  print_findings(session, said, text);
  if (failed) {
    return ExitCode::failed;
  }
  print_value(session, outcome.value, outcome.kind != expression::Outcome::Kind::value);
  return ExitCode::done;
}

ExitCode run_eval(Session& session, const EvalFlags& flags) {
  const auto project = load_project_of(session, {});
  if (!project) {
    return ExitCode::invalid;
  }
  const std::optional<std::string> text =
      flags.expression == "-" ? read_input(session) : std::optional(flags.expression);
  if (!text) {
    return ExitCode::invalid;
  }
  const TypedExpression typed =
      read_typed_expression(*text, project->expressions.evaluation, project->desired.severities);
  if (!typed.expression) {
    print_findings(session, typed.findings, *text);
    return ExitCode::invalid;
  }
  if (!flags.tree) {
    return evaluate(session, typed, *text, flags.world, *project);
  }
  print_findings(session, typed.findings, *text);
  std::string tree = report::json_text(expression::to_source_tree(*typed.expression));
  tell_result(session, report::Answer{
                           "eval", [&tree](const report::Style& /*style*/) { return tree; }, tree});
  return ExitCode::done;
}

}  // namespace

void declare_eval(CommandLine& line) {
  const Command command = add_command(
      line, "eval", "value of one mapping expression, offline",
      "  syncwright eval 'Join(\".\", [givenName], [surname])' --set givenName=Ada --set "
      "surname=King\n"
      "  syncwright eval 'Left([mail], 3)' --attributes ada.json --format json\n"
      "  syncwright eval 'SelectUniqueValue([alias], Append([alias], \"1\"))' --set alias=ada "
      "--existing ada\n"
      "  syncwright eval --tree 'ToUpper([mail])'      its tree, as Graph keeps it\n"
      "  syncwright eval - < expression.txt            from standard input\n");
  auto flags = std::make_shared<EvalFlags>();
  command.add_option("EXPR", flags->expression, "the expression, in quotes; - reads it from stdin")
      .required();
  declare_evaluation_flags(command, flags->world);
  command.add_flag("--tree", flags->tree, "the expression as Graph's attributeMappingSource");
  command.callback([&run = line.run, flags] {
    run = [flags](Session& session) { return run_eval(session, *flags); };
  });
}

}  // namespace syncwright::cli
