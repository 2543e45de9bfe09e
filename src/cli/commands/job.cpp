#include "cli/commands.h"
#include "cli/job_target.h"
#include "syncwright/graph_write/graph_writer.h"

namespace syncwright::cli {
namespace {

enum class Action { start, pause, restart };

struct JobFlags {
  std::string application;
  std::string job = "default";
};

/// What `restart` without a flag clears, as the portal's button does (API.md 8.3).
constexpr const char* kRestartScope = "Watermark, Escrows, QuarantineState";

Result<Written> act(GraphWriter& writer, Action action, const JobTarget& target,
                    std::stop_token stop) {
  switch (action) {
    case Action::start:
      return writer.start_job(target.service_principal_id, target.job_id, std::move(stop));
    case Action::pause:
      return writer.pause_job(target.service_principal_id, target.job_id, std::move(stop));
    case Action::restart:
      return writer.restart_job(target.service_principal_id, target.job_id, kRestartScope,
                                std::move(stop));
  }
  return fail(ErrorKind::internal, "unknown job action");
}

ExitCode run_job(Session& session, Action action, const char* done, const JobFlags& flags) {
  auto project = open_project(session, Access::write);
  if (!project) {
    return project.error();
  }
  auto target = find_job(session, *project->connection, project->loaded.desired, flags.application,
                         flags.job);
  if (!target) {
    return report_failure(session, target.error());
  }
  GraphWriter writer(project->connection->graph());
  auto written = act(writer, action, *target, session.stop);
  if (!written) {
    return report_failure(session, written.error());
  }
  session.console.out(
      session.options.format == Format::json
          ? printed({{"application", flags.application},
                     {"job", flags.job},
                     {"jobId", target->job_id},
                     {"action", done},
                     {"requestId", written->request_id}})
          : fmt::format("{} job {} of {}\n", done, target->job_id, flags.application));
  return ExitCode::done;
}

void declare_action(CLI::App& parent, Run& run, const char* name, const char* summary,
                    Action action, const char* done) {
  CLI::App* command = parent.add_subcommand(name, summary);
  command->fallthrough();
  auto flags = std::make_shared<JobFlags>();
  command->add_option("--app", flags->application, "the manifest's name")->required();
  command->add_option("--job", flags->job, "the job's key (default: default)");
  for (const char* later : {"--hold", "--release", "--accept-deletes", "--reject-deletes"}) {
    refuse_flag(*command, later);
  }
  command->callback([&run, flags, action, done] {
    run = [flags, action, done](Session& session) {
      return run_job(session, action, done, *flags);
    };
  });
}

}  // namespace

void declare_job(CommandLine& line) {
  CLI::App& command = add_command(line, "job", "starts, pauses or restarts a provisioning job",
                                  "  syncwright job pause --app salesforce-contoso\n"
                                  "  syncwright job restart --app salesforce-contoso\n");
  command.require_subcommand(1);
  declare_action(command, line.run, "start", "starts the job, or lifts its quarantine",
                 Action::start, "started");
  declare_action(command, line.run, "pause", "lets the running cycle finish, then stops",
                 Action::pause, "paused");
  declare_action(command, line.run, "restart",
                 "a new initial cycle; clears the quarantine and the retry list", Action::restart,
                 "restarted");
}

}  // namespace syncwright::cli
