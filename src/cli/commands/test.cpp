#include "cli/commands.h"
#include "cli/pages.h"
#include "cli/project.h"
#include "cli/reports.h"
#include "syncwright/mapping_tests/mapping_tests.h"

namespace syncwright::cli {
namespace {

bool has_failed(const mapping_tests::MappingTestResult& result) {
  return result.count_failed() > 0;
}

ExitCode run_test(Session& session) {
  Diagnostics diagnostics;
  const manifest::Loaded loaded = read_manifests(session, Reading::mapping_tests, diagnostics);
  std::vector<mapping_tests::MappingTestResult> results;
  if (!diagnostics.has_errors()) {
    results = mapping_tests::run_mapping_tests(loaded, session.clock.now(), diagnostics);
  }
  const bool is_invalid = diagnostics.has_errors();
  Diagnostics warnings;
  if (!is_invalid) {
    warnings = mapping_tests::mapping_warnings(results, loaded.desired.severities);
  }
  const bool are_errors = warnings.has_errors();  // where the project says so
  diagnostics.append(std::move(warnings));
  diagnostics.sort();
  print_diagnostics(session, diagnostics, loaded);
  if (is_invalid) {
    report_invalid(session, diagnostics, loaded);
    return ExitCode::invalid;
  }
  tell_result(session,
              report::MappingTestReport{results, session.options.verbosity > 0, &diagnostics});
  write_page(session, [&] {
    return report::page_of_tests(
        {&loaded.desired, {}, results, provenance_of(session), session.clock.now()});
  });
  const bool failed = std::any_of(results.begin(), results.end(), has_failed);
  return failed || are_errors ? ExitCode::failed : ExitCode::done;
}

}  // namespace

void declare_test(CommandLine& line) {
  const Command command =
      add_path_command(line, "test", "runs the mapping tests of the manifests, offline",
                       "  syncwright test\n"
                       "  syncwright test tests/salesforce.yaml -v    a line for every case\n"
                       "  syncwright test --report junit=results.xml\n");
  command.callback([&run = line.run] { run = run_test; });
}

}  // namespace syncwright::cli
