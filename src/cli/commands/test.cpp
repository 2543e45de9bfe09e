#include "cli/commands.h"
#include "cli/mapping_tests.h"
#include "syncwright/core/file.h"
#include "syncwright/report/junit.h"

namespace syncwright::cli {
namespace {

/// The files of --report, which the command line has checked to be junit=FILE.
Result<void> write_reports(Session& session, const std::vector<MappingTestResult>& results) {
  for (const std::string& report : session.options.reports) {
    const std::string file = report.substr(report.find('=') + 1);
    auto written = write_file_atomically(session.working_folder / file, junit_xml(results));
    if (!written) {
      return written;
    }
  }
  return {};
}

bool has_failed(const MappingTestResult& result) {
  return result.failed() > 0;
}

ExitCode run_test(Session& session) {
  Diagnostics diagnostics;
  const Loaded loaded = read_mapping_tests(session, diagnostics);
  std::vector<MappingTestResult> results;
  if (!diagnostics.has_errors()) {
    results = run_mapping_tests(loaded, session.clock.now(), diagnostics);
  }
  print_diagnostics(session, diagnostics, loaded);
  if (diagnostics.has_errors()) {
    return ExitCode::invalid;
  }
  if (auto written = write_reports(session, results); !written) {
    return report_failure(session, written.error());
  }
  session.console.out(session.options.format == Format::json
                          ? printed(to_json(results))
                          : render_mapping_tests(results, session.options.verbosity > 0,
                                                 session.console.out_style()));
  const bool failed = std::any_of(results.begin(), results.end(), has_failed);
  return failed ? ExitCode::failed : ExitCode::done;
}

}  // namespace

void declare_test(CommandLine& line) {
  CLI::App& command =
      add_path_command(line, "test", "runs the mapping tests of the manifests, offline",
                       "  syncwright test\n"
                       "  syncwright test tests/salesforce.yaml -v    a line for every case\n"
                       "  syncwright test --report junit=results.xml\n");
  command.callback([&run = line.run] { run = run_test; });
}

}  // namespace syncwright::cli
