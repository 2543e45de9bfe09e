#include "cli/commands.h"
#include "cli/reports.h"

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
      tell_result(session, report::Answer{"version",
                                          [](const report::Style& /*style*/) {
                                            return version_text(report::Format::text) + "\n";
                                          },
                                          version_text(report::Format::json) + "\n"});
      return ExitCode::done;
    };
  });
}

}  // namespace syncwright::cli
