#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "syncwright/core/text.h"

namespace syncwright::cli {
namespace {

/// What `COMMAND --help` prints, or why it cannot be said.
struct HelpAnswer {
  std::string text;
  std::string unknown;  ///< empty: none is
  std::string advice{};
};

std::vector<std::string> subcommand_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* each : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(each->get_name());
  }
  return names;
}

const CLI::App* find_subcommand(const CLI::App& app, const std::string& name) {
  for (const CLI::App* each : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (each->get_name() == name) return each;
  }
  return nullptr;
}

HelpAnswer help_for(const CLI::App& app, const std::vector<std::string>& words) {
  const CLI::App* level = &app;
  std::string called = app.get_name();
  for (const std::string& word : words) {
    const CLI::App* next = find_subcommand(*level, word);
    const std::vector<std::string> names = subcommand_names(*level);
    if (next == nullptr && names.empty()) {
      return {"", fmt::format("`{}` has no command `{}`", level->get_name(), word)};
    }
    if (next == nullptr) {
      return {"",
              level == &app ? fmt::format("unknown command `{}`", word)
                            : fmt::format("unknown command `{} {}`", level->get_name(), word),
              level == &app ? did_you_mean(word, names)
                            : fmt::format("there is `{}`", fmt::join(names, "`, `"))};
    }
    level = next;
    called += " " + word;
  }
  return {level->get_formatter()->make_help(level, called, CLI::AppFormatMode::Normal), ""};
}

}  // namespace

void declare_help(CommandLine& line) {
  const Command command =
      add_command(line, "help", "what a command does, its flags and examples",
                  "  syncwright help plan            as `syncwright plan --help`\n"
                  "  syncwright help job pause\n");
  auto words = std::make_shared<std::vector<std::string>>();
  command.add_option("COMMAND", *words, "the command (default: all of them, as --help)");
  command.callback([&run = line.run, &app = line.root.app(), words] {
    run = [answer = help_for(app, *words)](Session& session) {
      if (!answer.unknown.empty()) {
        session.console.error(answer.unknown, answer.advice);
        return ExitCode::usage;
      }
      session.console.out(answer.text);
      return ExitCode::done;
    };
  });
}

}  // namespace syncwright::cli
