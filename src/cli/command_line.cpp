#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>

#include "cli/command_table.h"
#include "cli/commands.h"
#include "cli/reports.h"
#include "syncwright/core/text.h"
#include "syncwright/model/desired.h"

namespace syncwright::cli {
namespace {

constexpr const char* kDescription =
    "syncwright keeps Microsoft Entra ID app provisioning as code: manifests in git, a plan, an "
    "apply, a drift report.";
constexpr const char* kFooter =
    "Examples:\n"
    "  syncwright validate                      every problem of the manifests, offline\n"
    "  syncwright test                          the mapping tests of the manifests, offline\n"
    "  syncwright eval 'ToUpper([mail])' --set mail=ada@contoso.com\n"
    "  syncwright plan --emulator               what would change, on the embedded emulator\n"
    "  syncwright apply --auto-approve          in a pipeline\n"
    "  syncwright drift                         exit code 2 when the tenant differs\n"
    "  syncwright explain SW2004                long help for a diagnostic\n";

void add_global_flags(CLI::App& app, GlobalOptions& options) {
  app.add_option("--var", options.variables, "a variable, NAME=VALUE; repeatable")
      ->allow_extra_args(false);
  app.add_option("--var-file", options.variable_files,
                 "a YAML or JSON file of variables; repeatable")
      ->allow_extra_args(false);
  app.add_option("--only,--app", options.only,
                 "only these applications, by the names of their manifests; repeatable")
      ->allow_extra_args(false);
  app.add_option("--report", options.reports, report_help())->allow_extra_args(false);
  app.add_option("--selector", options.selectors,
                 "only applications with this label, KEY=VALUE; repeatable, all must hold")
      ->allow_extra_args(false);
  app.add_option("-e,--environment", options.environment,
                 "the project's environment: its tenant, cloud and variables");
  app.add_option("--project", options.project,
                 "the project's name, in a folder without syncwright.yaml")
      ->check([](const std::string& name) {
        return name.empty() || model::is_manifest_name(name)
                   ? std::string()
                   : "a project's name is small letters, digits and hyphens, at most 63, a letter "
                     "or digit first";
      });
  app.add_option("--parallelism", options.parallelism, "requests in flight (default 32)")
      ->check(CLI::Range(1, 256));
  app.add_option_function<std::string>(
         "--format",
         [&options](const std::string& value) {
           options.format = report::find_format(value).value_or(report::Format::text);
         },
         format_help())
      ->check(CLI::IsMember(printed_formats()));
  app.add_option("--endpoint", options.endpoint, "root URL of Microsoft Graph");
  app.add_option("--ca-file", options.ca_file,
                 "a PEM bundle of the certificates that may vouch for servers, instead of the "
                 "system's (also SSL_CERT_FILE)");
  app.add_flag("--emulator", options.emulator,
               "run on the embedded emulator; --emulator=FILE names its state file (default "
               ".syncwright/emulator.db, of an environment .syncwright/emulator-NAME.db)");
  app.add_flag("--no-color", options.no_color, "plain text, also on a terminal");
  app.add_option_function<std::string>(
         "--log-format",
         [&options](const std::string& value) { options.log_json = value == "json"; },
         "text or json: the lines on stderr")
      ->check(CLI::IsMember({"text", "json"}));
  app.add_flag("-v,--verbose", options.verbosity,
               "one line for every request; -vv with ids, bytes and protocol, for a support case");
  // After --format, which says how the answer is written.
  app.set_version_flag(
      "--version", [&options] { return version_text(options.format); },
      "the version of this program, as `version` prints it");
}

void add_flags_of(const CLI::App& level, std::vector<std::string>& words) {
  for (const CLI::Option* option : level.get_options()) {
    for (const std::string& name : option->get_lnames()) words.push_back("--" + name);
  }
}

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

/// What may be written here: the flags of the command that is given; where none is, the commands.
std::vector<std::string> words_here(const CLI::App& app) {
  std::vector<std::string> words;
  const CLI::App* level = &app;
  add_flags_of(*level, words);
  while (!level->get_subcommands().empty()) {
    level = level->get_subcommands().front();
    add_flags_of(*level, words);
  }
  for (const CLI::App* command : commands_of(*level)) words.push_back(command->get_name());
  return words;
}

std::vector<std::string> flags_of_commands(const CLI::App& app) {
  std::vector<std::string> flags;
  for (const CLI::App* command : commands_of(app)) add_flags_of(*command, flags);
  return flags;
}

/// The commands that have this very flag, joined; empty: none has.
std::string commands_with(const CLI::App& app, const std::string& flag) {
  std::vector<std::string> names;
  for (const CLI::App* command : commands_of(app)) {
    if (command->get_option_no_throw(flag) != nullptr) {
      names.push_back("`" + command->get_name() + "`");
    }
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

/// "did you mean `--prune`?"; a flag of other commands is told as theirs. Empty: nothing is near.
std::string suggest(const CLI::App& app, const std::string& word) {
  std::string here = did_you_mean(word, words_here(app));
  if (!here.empty()) return here;
  const std::string elsewhere = nearest(word, flags_of_commands(app));
  if (elsewhere.empty()) return {};
  return fmt::format("did you mean `{}`, a flag of {}?", elsewhere, commands_with(app, elsewhere));
}

/// "job" where `job stop` was given: a command that takes another one, and got none that it knows.
const CLI::App* find_incomplete(const CLI::App& app) {
  for (const CLI::App* command : app.get_subcommands()) {
    if (command->get_require_subcommand_min() > 0 && command->get_subcommands().empty()) {
      return command;
    }
  }
  return nullptr;
}

std::string names_of_subcommands(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::App* each : commands_of(command)) {
    names.push_back("`" + each->get_name() + "`");
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

/// A word with a hyphen that stands behind `--`, where no flag is read; empty: none of `left` does.
std::string flag_behind_mark(const std::vector<std::string>& words,
                             const std::vector<std::string>& left) {
  const auto mark = std::find(words.begin(), words.end(), "--");
  for (auto word = mark; word != words.end(); ++word) {
    const bool is_flag = word->starts_with("-") && *word != "--";
    if (is_flag && std::find(left.begin(), left.end(), *word) != left.end()) return *word;
  }
  return {};
}

Error usage_error(std::string message, std::string advice = {}) {
  Error error;
  error.kind = ErrorKind::invalid_input;
  error.message = std::move(message);
  error.advice = std::move(advice);
  return error;
}

/// What is wrong, from what CLI11 says and what it left unread.
Error parse_fault(const CLI::App& app, const std::vector<std::string>& words,
                  const CLI::ParseError& error) {
  std::string hint;
  std::string message = error.what();
  const std::vector<std::string> left = app.remaining(true);
  const CLI::App* half = find_incomplete(app);
  const std::string behind = flag_behind_mark(words, left);
  if (!behind.empty()) {
    message = fmt::format("`{}` stands behind `--`, where no flag is read", behind);
    hint = "write flags before it";
  }
  for (const std::string& word : left) {
    if (!behind.empty()) break;
    if (half != nullptr && !word.starts_with("-")) {
      message = fmt::format("unknown command `{} {}`", half->get_name(), word);
      hint = fmt::format("there is {}", names_of_subcommands(*half));
      break;
    }
    const std::string name = word.substr(0, word.find('='));
    const std::string owners = commands_with(app, name);
    if (name.starts_with("-") && !owners.empty()) {
      message = fmt::format("`{}` is a flag of {}", name, owners);
      break;
    }
    const std::string suggestion = suggest(app, name);
    if (!suggestion.empty()) {
      message = fmt::format("unknown {} `{}`", name.starts_with("-") ? "flag" : "command", name);
      hint = suggestion;
      break;
    }
  }
  if (hint.empty() && app.get_subcommands().empty() && !left.empty() &&
      !left.front().starts_with("-")) {
    message = fmt::format("unknown command `{}`", left.front());
  }
  return usage_error(
      message + (hint.empty() ? "" : "; " + hint),
      "`syncwright --help` lists the commands, `syncwright COMMAND --help` its flags.");
}

/// Also settles which report is printed, if one is.
void check_reports(const CLI::App& app, GlobalOptions& options) {
  const std::string command = app.get_subcommands().front()->get_name();
  for (const std::string& report : options.reports) {
    if (const std::string fault = fault_of_report(report, command); !fault.empty()) {
      throw CLI::ValidationError("--report " + report, fault);
    }
  }
  if (const std::string fault = fault_of_output_files(options, {}); !fault.empty()) {
    throw CLI::ValidationError(fault);
  }
  const bool has_format = app.get_option("--format")->count() > 0;
  if (const std::string fault = take_printed_report(options, has_format); !fault.empty()) {
    throw CLI::ValidationError(fault);
  }
}

/// A global flag that the command ignores, which is a usage error: `export --only` would export
/// everything. Empty: there is none.
std::string idle_flag(const CLI::App& app, const GlobalOptions& options) {
  const std::string command = app.get_subcommands().front()->get_name();
  const CommandRow* row = find_command(command);
  if (row == nullptr) return {};
  if (options.format != report::Format::text && !row->prints_result) {
    return "--format is for commands that print a result; leave it away";
  }
  if (!options.names_applications() || row->narrows) return {};
  return fmt::format("{} is for commands on the applications of the manifests; {}",
                     options.only.empty() ? "--selector" : "--only",
                     command == "export" ? "name live ones with --app" : "leave it away");
}

/// Two answers to the question where the tenant is; empty: there is one at most. The environment's
/// endpoint is no second answer: a flag goes before a variable.
std::string doubtful_tenant(const CLI::App& app) {
  if (app.get_option("--emulator")->count() == 0) return {};
  if (app.get_subcommands().front()->get_name() == "emulator") {
    return "--emulator runs another command on the embedded emulator, and this one serves its own "
           "state; name the file with --state";
  }
  if (app.get_option("--endpoint")->count() == 0) return {};
  return "--emulator and --endpoint name two tenants; leave --endpoint away for the embedded "
         "emulator, or --emulator for a served one";
}

/// What is wrong with flags that are each right by themselves.
std::optional<Error> misuse(const CLI::App& app, const GlobalOptions& options) {
  for (const std::string& fault : {idle_flag(app, options), doubtful_tenant(app)}) {
    if (!fault.empty()) return usage_error(fault);
  }
  return std::nullopt;
}

/// A flag that was given an empty text: in a script, a variable that is not set. Taken for a flag
/// that is left out, `apply --plan "$PLAN"` would carry out what nobody reviewed. nullptr: none.
const CLI::Option* emptied_flag(const CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    const auto& given = option->results();
    const bool is_flag = !option->get_lnames().empty() && option->get_items_expected_max() > 0;
    if (is_flag && std::find(given.begin(), given.end(), "") != given.end()) return option;
  }
  for (const CLI::App* command : app.get_subcommands()) {
    if (const CLI::Option* found = emptied_flag(*command)) return found;
  }
  return nullptr;
}

}  // namespace

ParsedCommand parse_command_line(int argc, char** argv) {
  ParsedCommand parsed;
  CLI::App app{kDescription, "syncwright"};
  app.fallthrough();
  app.footer(fmt::format("{}\n{}\n{}", kFooter, report_table(), exit_code_help()));
  // The parsed options are moved out with the result, so flags bind to an object that stays.
  auto options = std::make_unique<GlobalOptions>();
  add_global_flags(app, *options);
  CommandLine line{Command(app), *options, parsed.run};
  for (const CommandRow& command : command_table()) command.declare(line);
  if (argc > 1 && std::string_view(argv[1]) == kCompletionCommand) {
    parsed.run = completion_run(app, {argv + 2, argv + argc});
    return parsed;
  }
  try {
    app.parse(argc, argv);
    if (const CLI::Option* emptied = emptied_flag(app)) {
      throw CLI::ValidationError("--" + fmt::format("{}", fmt::join(emptied->get_lnames(), ", --")),
                                 "is given an empty text");
    }
    check_reports(app, *options);
    parsed.fault = misuse(app, *options);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {  // --help, --version
      std::ostringstream out;
      app.exit(error, out, out);
      parsed.answer = out.str();
    } else {
      parsed.fault = parse_fault(app, {argv + 1, argv + argc}, error);
    }
  }
  options->use_emulator = app.get_option("--emulator")->count() > 0;
  if (options->emulator == "true") options->emulator.clear();  // the flag without a file
  options->words.assign(argv + 1, argv + argc);
  for (const CLI::App* command : app.get_subcommands()) {
    const CommandRow* row = find_command(command->get_name());
    parsed.finishes_when_interrupted = row != nullptr && row->finishes_when_interrupted;
  }
  parsed.options = std::move(*options);
  return parsed;
}

}  // namespace syncwright::cli
