#include "cli/commands.h"
#include "cli/own_command.h"
#include "cli/pages.h"
#include "cli/project.h"
#include "cli/reports.h"

namespace syncwright::cli {
namespace {

constexpr Milliseconds kWatchInterval{5'000};

ExitCode print_once(Session& session, const Project& project) {
  auto live = read_jobs(session, project);
  if (!live) {
    return report_failure(session, live.error());
  }
  std::vector<report::StatusRow> rows;
  ExitCode code = ExitCode::done;
  for (const model::DesiredApplication& application : project.loaded.desired.applications) {
    const model::Findings& findings = live->live().findings.at(application.name);
    for (report::StatusRow& row : report::status_rows(application, *live)) {
      rows.push_back(std::move(row));
    }
    if (findings.unreadable && code == ExitCode::done) {
      code = exit_code_of(*findings.unreadable);
    }
  }
  const model::Desired& desired = project.loaded.desired;
  const auto advised = with_own_commands(session, rows);
  tell_result(session, report::StatusReport{rows, advised, desired.project, desired.environment,
                                            code == ExitCode::done});
  write_page(session, [&] {
    report::PageFacts facts = *page_facts(session, project.loaded);
    facts.jobs = *advised;
    return report::page_of_status(facts);
  });
  return code;
}

ExitCode run_status(Session& session, bool watch) {
  auto project = open_project(session, Access::read);
  if (!project) {
    return project.error();
  }
  ExitCode code = print_once(session, *project);
  while (watch && code == ExitCode::done && session.console.out_failure() == 0 &&
         session.clock.wait(kWatchInterval, session.stop)) {
    session.console.out("\n");
    code = print_once(session, *project);
  }
  return code;
}

}  // namespace

void declare_status(CommandLine& line) {
  const Command command = add_path_command(
      line, "status", "jobs, their last cycle, counts, and why one is in quarantine",
      "  syncwright status\n"
      "  syncwright status --watch        again every 5 seconds, until Ctrl-C\n");
  auto watch = std::make_shared<bool>(false);
  command.add_flag("--watch", *watch, "again every 5 seconds, until Ctrl-C");
  command.callback([&run = line.run, watch] {
    run = [watch](Session& session) { return run_status(session, *watch); };
  });
}

}  // namespace syncwright::cli
