#include <utility>

#include "cli/commands.h"
#include "cli/reports.h"
#include "syncwright/report/diagnostic_text.h"

namespace syncwright::cli {
namespace {

std::string counted(std::size_t count, const char* noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string rendered_verdict(const Loaded& loaded, const Diagnostics& diagnostics, Format format) {
  const bool valid = !diagnostics.has_errors();
  if (format == Format::json) {
    return printed(Json{{"valid", valid}, {"diagnostics", to_json(diagnostics)}});
  }
  return valid ? fmt::format("Valid: {} in {}.\n",
                             counted(loaded.desired.applications.size(), "application"),
                             counted(loaded.files, "file"))
               : std::string();
}

ExitCode run_validate(Session& session) {
  Diagnostics diagnostics;
  const Loaded loaded = read_with_advice(session, diagnostics);
  if (session.options.format != Format::json) {
    print_diagnostics(session, diagnostics, loaded);
  }
  bool is_printed = false;
  auto told = tell_result(session, [&](Format format, const Style& style) {
    // On stderr they were told already; a file holds the whole.
    const bool in_file = std::exchange(is_printed, true) && format == Format::text;
    return (in_file ? rendered_diagnostics(diagnostics, loaded, style) : std::string()) +
           rendered_verdict(loaded, diagnostics, format);
  });
  if (!told) {
    return report_failure(session, told.error());
  }
  return diagnostics.has_errors() ? ExitCode::invalid : ExitCode::done;
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
