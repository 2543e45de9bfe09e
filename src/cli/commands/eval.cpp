#include <iostream>

#include "cli/commands.h"
#include "syncwright/core/file.h"
#include "syncwright/core/utf8.h"
#include "syncwright/expression/evaluator.h"
#include "syncwright/expression/parser.h"
#include "syncwright/expression/source_tree.h"
#include "syncwright/expression/taken_values.h"
#include "syncwright/report/expression_text.h"

namespace syncwright::cli {
namespace {

constexpr std::size_t kMaxAttributesBytes = 4u << 20u;
/// Of standard input: more than any expression that may be one.
constexpr std::size_t kMaxExpressionBytes = 8 * kMaxExpressionCharacters;

struct EvalFlags {
  std::string expression;
  std::string attributes;
  std::vector<std::string> set;
  std::vector<std::string> parameters;
  std::vector<std::string> existing;
  std::string now;
  bool tree = false;
};

/// NAME=VALUE; nullopt, and said, where it is none.
std::optional<std::pair<std::string, std::string>> name_and_value(Session& session,
                                                                  const char* flag,
                                                                  const std::string& pair) {
  const std::size_t equals = pair.find('=');
  if (equals == std::string::npos || equals == 0) {
    session.console.error(fmt::format("{} `{}` is not NAME=VALUE", flag, pair));
    return std::nullopt;
  }
  return std::pair{pair.substr(0, equals), pair.substr(equals + 1)};
}

/// An RFC 3339 time, or a day: its first moment in UTC.
std::optional<Instant> parse_now(const std::string& text) {
  return parse_rfc3339(text.size() == 10 ? text + "T00:00:00Z" : text);
}

ExitCode report_fault(Session& session, const ExpressionFault& fault, std::string_view expression,
                      ExitCode code) {
  if (session.console.log_json()) {
    session.console.error(fault.message, fault.advice);
  } else {
    session.console.raw(render_expression_fault(fault, expression, session.console.err_style()));
  }
  return code;
}

/// Standard input up to its bound, without the final line feed that a shell adds.
std::string read_expression() {
  std::string text;
  for (char letter = 0; text.size() < kMaxExpressionBytes && std::cin.get(letter);) {
    text += letter;
  }
  if (text.ends_with('\n')) {
    text.pop_back();
  }
  return text;
}

/// Parsed, or what is wrong with it said.
std::optional<Expression> parse(Session& session, const std::string& text) {
  const std::size_t characters = character_count(text);
  if (characters > kMaxExpressionCharacters) {
    session.console.error(
        fmt::format("SW3002: {} characters, {} at most", characters, kMaxExpressionCharacters));
    return std::nullopt;
  }
  auto expression = parse_expression(text);
  if (expression) {
    return std::move(*expression);
  }
  const ExpressionError& error = expression.error();
  (void)report_fault(session, {"SW3001", error.message, error.advice, error.offset}, text,
                     ExitCode::invalid);
  return std::nullopt;
}

/// What the expression may look at, beside the clock.
struct World {
  AttributeMap attributes;
  std::map<std::string, std::string, std::less<>> parameters;
  Instant now{};
};

std::optional<AttributeMap> read_attributes(Session& session, const std::string& path) {
  auto text = read_file(session.working_folder / path, kMaxAttributesBytes);
  if (!text) {
    session.console.error(text.error());
    return std::nullopt;
  }
  auto json = parse_json(*text);
  if (!json) {
    session.console.error(within(json.error(), path));
    return std::nullopt;
  }
  auto attributes = AttributeMap::from_json(*json);
  if (!attributes) {
    session.console.error(fmt::format("{}: {}", path, attributes.error()),
                          "write an object of attribute values: {\"mail\": \"ada@contoso.com\"}");
    return std::nullopt;
  }
  return std::move(*attributes);
}

/// The world that the flags describe, or the exit code of what is wrong with them.
tl::expected<World, ExitCode> make_world(Session& session, const EvalFlags& flags) {
  World world;
  world.now = session.clock.now();
  if (!flags.now.empty()) {
    const auto now = parse_now(flags.now);
    if (!now) {
      session.console.error(fmt::format("--now `{}` is no time", flags.now),
                            "write 2026-11-22 or 2026-11-22T10:00:00Z");
      return tl::unexpected(ExitCode::usage);
    }
    world.now = *now;
  }
  if (!flags.attributes.empty()) {
    auto attributes = read_attributes(session, flags.attributes);
    if (!attributes) {
      return tl::unexpected(ExitCode::invalid);
    }
    world.attributes = std::move(*attributes);
  }
  for (const std::string& text : flags.set) {
    auto pair = name_and_value(session, "--set", text);
    if (!pair) {
      return tl::unexpected(ExitCode::usage);
    }
    world.attributes.set(std::move(pair->first), std::move(pair->second));
  }
  for (const std::string& text : flags.parameters) {
    auto pair = name_and_value(session, "--parameter", text);
    if (!pair) {
      return tl::unexpected(ExitCode::usage);
    }
    world.parameters.insert_or_assign(std::move(pair->first), std::move(pair->second));
  }
  return world;
}

ExitCode print_value(Session& session, const Value& value, bool ignored) {
  if (session.options.format == Format::json) {
    session.console.out(printed(Json{{"value", to_json(value)}, {"ignored", ignored}}));
  } else if (std::holds_alternative<MultiValue>(value)) {
    session.console.out(canonical_json(to_json(value)) + "\n");
  } else if (!is_null(value)) {
    session.console.out(to_text(value) + "\n");
  }
  return ExitCode::done;
}

ExitCode evaluate(Session& session, const Expression& expression, const std::string& text,
                  const EvalFlags& flags, const EvaluationSettings& settings) {
  const auto world = make_world(session, flags);
  if (!world) {
    return world.error();
  }
  EvaluationInput input{.attributes = world->attributes, .parameters = &world->parameters};
  input.now = world->now;
  input.is_taken = taken_values(flags.existing);
  const Outcome outcome = Evaluator(expression, settings).evaluate(input);
  switch (outcome.kind) {
    case Outcome::Kind::value:
      return print_value(session, outcome.value, false);
    case Outcome::Kind::ignore_attribute:
    case Outcome::Kind::ignore_object:
      return print_value(session, Null{}, true);
    case Outcome::Kind::error:
      return report_fault(session, {{}, outcome.message, {}, outcome.offset}, text,
                          ExitCode::failed);
  }
  return ExitCode::internal;
}

ExitCode run_eval(Session& session, const EvalFlags& flags) {
  const auto project = load_project_of(session, {});
  if (!project) {
    return ExitCode::invalid;
  }
  const ExpressionSettings& settings = project->expressions;
  const std::string text = flags.expression == "-" ? read_expression() : flags.expression;
  const auto expression = parse(session, text);
  if (!expression) {
    return ExitCode::invalid;
  }
  if (flags.tree) {
    session.console.out(printed(to_source_tree(*expression)));
    return ExitCode::done;
  }
  return evaluate(session, *expression, text, flags, settings.evaluation);
}

}  // namespace

void declare_eval(CommandLine& line) {
  CLI::App& command = add_command(
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
      ->required();
  command.add_option("--attributes", flags->attributes,
                     "a JSON object of attribute values: a missing key or null is absent, an "
                     "array is multi-valued");
  command.add_option("--set", flags->set, "one attribute, NAME=VALUE; repeatable")
      ->allow_extra_args(false);
  command.add_option("--parameter", flags->parameters, "fills %NAME%, NAME=VALUE; repeatable")
      ->allow_extra_args(false);
  command
      .add_option("--existing", flags->existing,
                  "a value already taken in the target, case does not count; repeatable")
      ->allow_extra_args(false);
  command.add_option("--now", flags->now, "the time that Now() gives, 2026-11-22T10:00:00Z");
  command.add_flag("--tree", flags->tree, "the expression as Graph's attributeMappingSource");
  command.callback([&run = line.run, flags] {
    run = [flags](Session& session) { return run_eval(session, *flags); };
  });
}

}  // namespace syncwright::cli
