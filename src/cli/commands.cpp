#include "cli/commands.h"

namespace syncwright::cli {
namespace {

constexpr const char* kGlobalFlags =
    "\nGlobal flags (-e, --only, --selector, --var, --format, --report, --emulator, ...) may stand "
    "here as\nwell; `syncwright --help` lists them, and the exit codes.\n";

}  // namespace

Command add_command(CommandLine& line, const char* name, const char* summary,
                    const char* examples) {
  const Command command = line.root.add_command(name, summary);
  command.footer(std::string("Examples:\n") + examples + kGlobalFlags);
  return command;
}

Command add_path_command(CommandLine& line, const char* name, const char* summary,
                         const char* examples) {
  const Command command = add_command(line, name, summary, examples);
  takes_paths(command, line.options);
  return command;
}

void takes_paths(const Command& command, GlobalOptions& options) {
  command.add_option("PATH", options.paths,
                     "manifest files or folders (default: what syncwright.yaml names, else "
                     "manifests/, else those of the working folder)");
}

}  // namespace syncwright::cli
