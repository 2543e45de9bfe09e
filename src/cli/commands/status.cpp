#include "cli/commands.h"
#include "cli/planning.h"
#include "syncwright/model/job_match.h"
#include "syncwright/report/status_text.h"

namespace syncwright::cli {
namespace {

constexpr Milliseconds kWatchInterval{5'000};

StatusRow row_of(const std::string& application, const std::string& key, const LiveJob& job) {
  StatusRow row;
  row.application = application;
  row.job = key;
  row.job_id = job.id;
  row.state = job.started() ? "started" : "paused";
  row.code = job.status_code;
  row.steady_since = job.steady_state_since;
  row.entries = job.synchronized_entries;
  if (job.last_execution && !job.last_execution->placeholder()) {
    const LiveExecution& last = *job.last_execution;
    row.has_cycle = true;
    row.cycle = {last.state,
                 last.time_began,
                 last.time_ended,
                 last.count_entitled,
                 last.count_imported,
                 last.count_exported,
                 last.count_escrowed,
                 last.error_code.empty() || last.error_code == "None"
                     ? ""
                     : fmt::format("{}: {}", last.error_code, last.error_message)};
  }
  if (job.quarantine) {
    const std::string& code = job.quarantine->error_code;
    row.quarantine = job.quarantine->reason + (code.empty() ? "" : " (" + code + ")");
    row.next_attempt = job.quarantine->next_attempt;
  }
  return row;
}

StatusRow empty_row(const std::string& application, std::string note,
                    const char* state = "missing") {
  StatusRow row;
  row.application = application;
  row.state = state;
  row.note = std::move(note);
  return row;
}

std::string hold_note(const std::string& application, const LiveApplication& live) {
  const auto reason = hold_reason(live.tags);
  if (!reason) {
    return {};
  }
  return fmt::format("held{}{}; `syncwright job start --app {} --release` lets go of it",
                     reason->empty() ? "" : ": ", *reason, application);
}

void add_rows(const DesiredApplication& desired, const Findings& findings,
              std::vector<StatusRow>& rows) {
  if (findings.unreadable) {
    rows.push_back(empty_row(desired.name, describe(*findings.unreadable), "unreadable"));
    return;
  }
  if (findings.owned.size() != 1) {
    rows.push_back(empty_row(desired.name, findings.owned.empty() ? "not in the tenant yet"
                                                                  : "not unique in the tenant"));
    return;
  }
  const LiveApplication& live = findings.owned.front();
  std::vector<const LiveJob*> named;
  for (const DesiredJob& job : desired.jobs) {
    const JobMatch match = match_job(job, desired.jobs, live.jobs, live.template_ids);
    if (match.job != nullptr) {
      named.push_back(match.job);
      rows.push_back(row_of(desired.name, job.key, *match.job));
      rows.back().note = hold_note(desired.name, live);
    } else {
      StatusRow row = empty_row(
          desired.name, match.candidates.empty() ? "no such job yet" : "several jobs match");
      row.job = job.key;
      rows.push_back(std::move(row));
    }
  }
  for (const LiveJob& job : live.jobs) {
    if (std::find(named.begin(), named.end(), &job) == named.end()) {
      rows.push_back(row_of(desired.name, "(unmanaged)", job));
    }
  }
}

ExitCode print_once(Session& session, Connection& connection, const Desired& desired) {
  auto live = read_jobs(session, connection, desired);
  if (!live) {
    return report_failure(session, live.error());
  }
  std::vector<StatusRow> rows;
  ExitCode code = ExitCode::done;
  for (const DesiredApplication& application : desired.applications) {
    const Findings& findings = live->findings[application.name];
    add_rows(application, findings, rows);
    if (findings.unreadable && code == ExitCode::done) {
      code = exit_code_of(*findings.unreadable);
    }
  }
  session.console.out(session.options.format == Format::json
                          ? printed(to_json(rows))
                          : render_status(rows, session.console.out_style()));
  return code;
}

ExitCode run_status(Session& session, bool watch) {
  auto project = open_project(session, Access::read);
  if (!project) {
    return project.error();
  }
  ExitCode code = print_once(session, *project->connection, project->loaded.desired);
  while (watch && code == ExitCode::done && session.console.out_failure() == 0 &&
         session.clock.wait(kWatchInterval, session.stop)) {
    session.console.out("\n");
    code = print_once(session, *project->connection, project->loaded.desired);
  }
  return code;
}

}  // namespace

void declare_status(CommandLine& line) {
  CLI::App& command = add_path_command(
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
