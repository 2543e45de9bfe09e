#include "cli/commands.h"
#include "cli/reports.h"

namespace syncwright::cli {
namespace {

/// On a terminal the diagnostics go to stderr, and the result is the verdict alone. Any other
/// format holds the whole, as every file does.
ExitCode run_validate(Session& session) {
  Diagnostics diagnostics;
  const manifest::Loaded loaded = read_manifests(session, Reading::advice, diagnostics);
  const report::Validation validation{diagnostics, sources_of(loaded),
                                      loaded.desired.applications.size(), loaded.files};
  if (session.options.format == report::Format::text) {
    print_diagnostics(session, diagnostics, loaded);
    session.console.out(report::render_verdict(validation));
    write_reports(session, validation);
  } else {
    tell_result(session, validation);
  }
  return diagnostics.has_errors() ? ExitCode::invalid : ExitCode::done;
}

}  // namespace

void declare_validate(CommandLine& line) {
  const Command command =
      add_path_command(line, "validate", "every problem of the manifests at once, offline",
                       "  syncwright validate\n"
                       "  syncwright validate manifests/salesforce.yaml --format json\n");
  command.callback([&run = line.run] { run = run_validate; });
}

}  // namespace syncwright::cli
