#include "cli/commands.h"
#include "syncwright/mapping_tests/mapping_tests.h"
#include "cli/reports.h"
#include "syncwright/report/junit.h"

namespace syncwright::cli {
namespace {

Result<void> write_junit(Session& session, const std::vector<MappingTestResult>& results) {
  constexpr std::string_view junit = "junit=";
  for (const std::string& report : session.options.reports) {
    if (!report.starts_with(junit)) {
      continue;
    }
    auto written = write_report(session, report.substr(junit.size()), junit_xml(results));
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
  const bool is_invalid = diagnostics.has_errors();
  Diagnostics warnings;
  if (!is_invalid) {
    warnings = mapping_warnings(results, loaded.desired.severities);
  }
  const bool are_errors = warnings.has_errors();  // where the project says so
  diagnostics.append(std::move(warnings));
  diagnostics.sort();
  print_diagnostics(session, diagnostics, loaded);
  if (is_invalid) {
    return ExitCode::invalid;
  }
  if (auto written = write_junit(session, results); !written) {
    return report_failure(session, written.error());
  }
  auto told = tell_result(session, [&](Format format, const Style& style) {
    return format == Format::json
               ? printed(to_json(results))
               : render_mapping_tests(results, session.options.verbosity > 0, style);
  });
  if (!told) {
    return report_failure(session, told.error());
  }
  const bool failed = std::any_of(results.begin(), results.end(), has_failed);
  return failed || are_errors ? ExitCode::failed : ExitCode::done;
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
