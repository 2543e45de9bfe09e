#include "cli/commands.h"

namespace syncwright::cli {

void declare_later_commands(CommandLine& line) {
  const std::pair<const char*, const char*> later[] = {
      {"test", "runs MappingTest manifests (a later release)"},
      {"eval", "value of a mapping expression (a later release)"},
      {"provision", "on-demand provisioning of one object (a later release)"},
  };
  for (const auto& [name, summary] : later) {
    CLI::App* command = line.app.add_subcommand(name, summary);
    command->allow_extras();
    command->fallthrough(false);
    command->callback([&run = line.run, name = std::string(name)] {
      run = [name](Session& session) {
        session.console.error(
            fmt::format("SW9003: `syncwright {}` belongs to a later release", name),
            "`syncwright --help` lists what there is");
        return ExitCode::usage;
      };
    });
  }
}

}  // namespace syncwright::cli
