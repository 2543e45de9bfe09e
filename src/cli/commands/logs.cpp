#include "syncwright/graph_read/logs.h"

#include "cli/commands.h"
#include "cli/project.h"
#include "cli/reports.h"

namespace syncwright::cli {
namespace {

struct LogFlags {
  std::string since;
  bool failed = false;
};

report::LogRow row_of(const std::string& application, graph_read::ProvisioningLogEntry entry) {
  report::LogRow row;
  row.id = std::move(entry.id);
  row.time = std::move(entry.time);
  row.application = application;
  row.action = std::move(entry.action);
  row.status = std::move(entry.status);
  row.source = std::move(entry.source);
  row.target = std::move(entry.target);
  row.error_code = std::move(entry.error_code);
  row.reason = std::move(entry.reason);
  row.recommended_action = std::move(entry.recommended_action);
  row.modified = std::move(entry.modified);
  return row;
}

Result<std::vector<report::LogRow>> collect(Session& session, const Project& project,
                                            const plan::LiveApplications& applications,
                                            const LogFlags& flags, std::optional<Instant> since) {
  std::vector<report::LogRow> rows;
  for (const auto& [name, findings] : applications.live().findings) {
    if (project.loaded.desired.find(name) == nullptr) {
      continue;
    }
    if (findings.unreadable) {
      return fail(within(*findings.unreadable, name));
    }
    const model::LiveApplication* live = applications.find(name);
    if (live == nullptr) {
      continue;  // not created yet, or refused: `plan` says so
    }
    graph_read::LogQuery query;
    query.service_principal_id = live->reference.service_principal_id;
    query.since = since;
    query.failed_only = flags.failed;
    auto entries =
        graph_read::read_provisioning_logs(project.connection->graph(), query, session.stop);
    if (!entries) {
      return fail(within(entries.error(), name));
    }
    for (graph_read::ProvisioningLogEntry& entry : *entries) {
      rows.push_back(row_of(name, std::move(entry)));
    }
  }
  return rows;
}

ExitCode run_logs(Session& session, const LogFlags& flags) {
  std::optional<Instant> since;
  if (!flags.since.empty()) {
    since = parse_since(flags.since, session.clock.now());
    if (!since) {
      session.console.error(fmt::format("--since `{}` is no time", flags.since), kSinceAdvice);
      return ExitCode::usage;
    }
  }
  auto project = open_project(session, Access::read);
  if (!project) {
    return project.error();
  }
  auto live = read_jobs(session, *project);
  if (!live) {
    return report_failure(session, live.error());
  }
  // An empty log of an application that is not there would look like a quiet job.
  for (const std::string& name : session.options.only) {
    if (auto known = live->require(name); !known) {
      return report_failure(session, known.error());
    }
  }
  auto rows = collect(session, *project, *live, flags, since);
  if (!rows) {
    return report_failure(session, rows.error());
  }
  tell_result(session, report::LogReport{*rows});
  return ExitCode::done;
}

}  // namespace

void declare_logs(CommandLine& line) {
  const Command command =
      add_path_command(line, "logs", "provisioning log entries, the newest first",
                       "  syncwright logs --app salesforce-contoso --since 1h\n"
                       "  syncwright logs --failed\n");
  auto flags = std::make_shared<LogFlags>();
  command.add_option("--since", flags->since, "30m, 1h, 2d, or a time");
  command.add_flag("--failed", flags->failed, "only failures");
  command.callback([&run = line.run, flags] {
    run = [flags](Session& session) { return run_logs(session, *flags); };
  });
}

}  // namespace syncwright::cli
