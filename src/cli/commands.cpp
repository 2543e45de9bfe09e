#include "cli/commands.h"

namespace syncwright::cli {
namespace {

constexpr const char* kGlobalFlags =
    "\nGlobal flags (-e, --only, --selector, --var, --format, --report, --emulator, ...) may stand "
    "here as\nwell; `syncwright --help` lists them, and the exit codes.\n";

}  // namespace

CLI::App& add_command(CommandLine& line, const char* name, const char* summary,
                      const char* examples) {
  CLI::App* command = line.app.add_subcommand(name, summary);
  command->fallthrough();
  command->footer(std::string("Examples:\n") + examples + kGlobalFlags);
  return *command;
}

CLI::App& add_path_command(CommandLine& line, const char* name, const char* summary,
                           const char* examples) {
  CLI::App& command = add_command(line, name, summary, examples);
  takes_paths(command, line.options);
  return command;
}

void takes_paths(CLI::App& command, GlobalOptions& options) {
  command.add_option("PATH", options.paths,
                     "manifest files or folders (default: what syncwright.yaml names, else "
                     "manifests/, else those of the working folder)");
}

void takes_count(CLI::Option& option) {
  option.check([](const std::string& text) {
    constexpr std::size_t most_digits = 9;
    const bool is_count = !text.empty() && text.size() <= most_digits &&
                          text.find_first_not_of("0123456789") == std::string::npos;
    return is_count ? std::string()
                    : fmt::format("takes a whole number, 0 or more, not `{}`", text);
  });
}

void refuse_flag(CLI::App& command, const char* flag) {
  // group("") hides it from --help: it is known only so that its name gets a better answer.
  command
      .add_option(flag, CLI::callback_t([name = std::string(flag)](const CLI::results_t&) -> bool {
                    throw CLI::ValidationError(name, kLaterRelease);
                  }))
      ->expected(0, 1)
      ->group("");
}

}  // namespace syncwright::cli
