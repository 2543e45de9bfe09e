#include "cli/commands.h"
#include "syncwright/report/diagnostic_text.h"

namespace syncwright::cli {
namespace {

std::string counted(std::size_t count, const char* noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

ExitCode run_validate(Session& session) {
  Diagnostics diagnostics;
  const Loaded loaded = read_manifests(session, diagnostics);
  const bool valid = !diagnostics.has_errors();
  if (session.options.format == Format::json) {
    session.console.out(printed(Json{{"valid", valid}, {"diagnostics", to_json(diagnostics)}}));
  } else {
    print_diagnostics(session, diagnostics, loaded);
    if (valid) {
      session.console.out(fmt::format("Valid: {} in {}.\n",
                                      counted(loaded.desired.applications.size(), "application"),
                                      counted(loaded.files, "file")));
    }
  }
  return valid ? ExitCode::done : ExitCode::invalid;
}

}  // namespace

void declare_validate(CommandLine& line) {
  CLI::App& command =
      add_path_command(line, "validate", "every problem of the manifests at once, offline",
                       "  syncwright validate\n"
                       "  syncwright validate manifests/salesforce.yaml --format json\n");
  command.callback([&run = line.run] { run = run_validate; });
}

}  // namespace syncwright::cli
