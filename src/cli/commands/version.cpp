#include "cli/commands.h"

namespace syncwright::cli {

void declare_version(CommandLine& line) {
  CLI::App& command =
      add_command(line, "version", "the version of this program", "  syncwright version\n");
  command.callback([&run = line.run] {
    run = [](Session& session) {
      session.console.out(session.options.format == Format::json
                              ? "{\"version\": \"" SYNCWRIGHT_VERSION "\"}\n"
                              : "syncwright " SYNCWRIGHT_VERSION "\n");
      return ExitCode::done;
    };
  });
}

}  // namespace syncwright::cli
