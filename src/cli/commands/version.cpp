#include "cli/commands.h"

namespace syncwright::cli {

std::string version_text(report::Format format) {
  return format == report::Format::json ? "{\"version\": \"" SYNCWRIGHT_VERSION "\"}"
                                        : "syncwright " SYNCWRIGHT_VERSION;
}

void declare_version(CommandLine& line) {
  const Command command =
      add_command(line, "version", "the version of this program", "  syncwright version\n");
  command.callback([&run = line.run] {
    run = [](Session& session) {
      session.console.out(version_text(session.options.format) + "\n");
      return ExitCode::done;
    };
  });
}

}  // namespace syncwright::cli
