#include <algorithm>

#include "cli/commands.h"
#include "cli/deletion_quarantine.h"
#include "cli/hold.h"
#include "cli/job_target.h"
#include "cli/tag_edit.h"
#include "syncwright/graph_write/graph_writer.h"

namespace syncwright::cli {
namespace {

enum class Action { start, pause, restart };

struct JobFlags {
  std::string application;
  std::string job = "default";
  std::optional<std::string> hold;             ///< pause
  bool release = false;                        ///< start
  std::optional<std::int64_t> accept_deletes;  ///< restart
  bool reject_deletes = false;                 ///< restart
};

/// A scope that was narrowed counts after a restart, whoever does it: what was due is settled.
Result<void> settle_due_restart(Session& session, Connection& connection, const JobTarget& target) {
  // The tags as they are now: the list that the target was found by may be older.
  const EditOf settle = [&target](const std::vector<std::string>& tags) {
    return awaits_restart(tags, target.job.id) ? after_restart(tags, target.others) : TagEdit{};
  };
  auto settled = edit_tags(session, connection, target.service_principal_id, settle);
  if (!settled) {
    return fail(within(settled.error(), "the job is restarted, but its tag still calls for it"));
  }
  return settled;
}

void note_hold(Session& session, const JobTarget& target) {
  if (hold_reason(target.tags)) {
    session.console.note(
        "The hold stays: later applies leave the application's jobs as they are until `job start "
        "--release`.");
  }
}

Result<Written> restart(Session& session, Connection& connection, const JobTarget& target,
                        const JobFlags& flags) {
  const std::string& principal = target.service_principal_id;
  const auto scope =
      restart_scope(session, connection, {flags.application, flags.job, principal, target.job},
                    {flags.accept_deletes, flags.reject_deletes});
  if (!scope) {
    return fail(scope.error());
  }
  GraphWriter writer(connection.graph());
  auto written = writer.restart_job(principal, target.job.id, *scope, session.stop);
  // Accepting deletes reads nobody anew: it is not the restart that a narrowed scope waits for.
  if (!written || flags.accept_deletes) {
    return written;
  }
  if (auto settled = settle_due_restart(session, connection, target); !settled) {
    return fail(settled.error());
  }
  note_hold(session, target);
  return written;
}

Result<Written> act(Session& session, Connection& connection, Action action,
                    const JobTarget& target, const JobFlags& flags) {
  GraphWriter writer(connection.graph());
  const std::string& principal = target.service_principal_id;
  switch (action) {
    case Action::start:
      if (flags.release) {
        auto released = set_hold(session, connection, principal, std::nullopt);
        if (!released) {
          return fail(released.error());
        }
      }
      if (!flags.release) {
        note_hold(session, target);
      }
      return writer.start_job(principal, target.job.id, session.stop);
    case Action::pause:
      if (flags.hold) {
        auto held = set_hold(session, connection, principal, flags.hold);
        if (!held) {
          return fail(held.error());
        }
      }
      return writer.pause_job(principal, target.job.id, session.stop);
    case Action::restart:
      return restart(session, connection, target, flags);
  }
  return fail(ErrorKind::internal, "unknown job action");
}

/// `job_id` and `request_id`: null where there is no job.
void tell_done(Session& session, const JobFlags& flags, const char* done, const Json& job_id,
               const Json& request_id, const std::string& sentence) {
  session.console.out(session.options.format == Format::json
                          ? printed({{"application", flags.application},
                                     {"job", flags.job},
                                     {"jobId", job_id},
                                     {"action", done},
                                     {"requestId", request_id}})
                          : sentence);
}

/// The hold outlived the job: there is nothing to start, and later applies are free again.
ExitCode release_alone(Session& session, Connection& connection,
                       const std::string& service_principal_id, const JobFlags& flags) {
  auto released = set_hold(session, connection, service_principal_id, std::nullopt);
  if (!released) {
    return report_failure(session, released.error());
  }
  tell_done(session, flags, "released", nullptr, nullptr,
            fmt::format("released {}; it has no job {} to start\n", flags.application, flags.job));
  return ExitCode::done;
}

ExitCode run_job(Session& session, Action action, const char* done, const JobFlags& flags) {
  auto project = open_project(session, Access::write);
  if (!project) {
    return project.error();
  }
  auto found = find_held(session, *project->connection, project->loaded.desired, flags.application,
                         flags.job);
  if (!found) {
    return report_failure(session, found.error());
  }
  if (flags.release && !found->job) {
    return release_alone(session, *project->connection, found->service_principal_id, flags);
  }
  auto target = existing_job(std::move(*found), flags.application, flags.job);
  if (!target) {
    return report_failure(session, target.error());
  }
  auto written = act(session, *project->connection, action, *target, flags);
  if (!written) {
    return report_failure(session, written.error());
  }
  tell_done(session, flags, done, target->job.id, written->request_id,
            fmt::format("{} job {} of {}\n", done, target->job.id, flags.application));
  return ExitCode::done;
}

CLI::App& declare_action(CLI::App& parent, CommandLine& line, const char* name, const char* summary,
                         Action action, const char* done, const std::shared_ptr<JobFlags>& flags) {
  CLI::App* command = parent.add_subcommand(name, summary);
  command->fallthrough();
  takes_paths(*command, line.options);
  command->add_option("--app", flags->application, "the manifest's name")->required();
  command->add_option("--job", flags->job, "the job's key (default: default)");
  command->callback([&run = line.run, flags, action, done] {
    run = [flags, action, done](Session& session) {
      return run_job(session, action, done, *flags);
    };
  });
  return *command;
}

void declare_start(CLI::App& parent, CommandLine& line) {
  auto flags = std::make_shared<JobFlags>();
  CLI::App& command =
      declare_action(parent, line, "start", "starts the job, or lifts its quarantine",
                     Action::start, "started", flags);
  command.add_flag("--release", flags->release, "let go of a hold: later applies start jobs again");
}

void declare_pause(CLI::App& parent, CommandLine& line) {
  auto flags = std::make_shared<JobFlags>();
  CLI::App& command =
      declare_action(parent, line, "pause", "lets the running cycle finish, then stops",
                     Action::pause, "paused", flags);
  command.add_option("--hold", flags->hold, "why later applies must not start it until --release")
      ->check([](const std::string& text) {
        return is_hold_reason(text) ? std::string()
                                    : "a reason is 1 to 100 letters, digits, blanks or ,._#/-";
      });
}

void declare_restart(CLI::App& parent, CommandLine& line) {
  auto flags = std::make_shared<JobFlags>();
  CLI::App& command = declare_action(
      parent, line, "restart", "a new initial cycle; clears the quarantine and the retry list",
      Action::restart, "restarted", flags);
  auto* accept = command.add_option("--accept-deletes", flags->accept_deletes,
                                    "settle a deletion quarantine: up to so many objects may go");
  takes_count(*accept);
  command
      .add_flag(
          "--reject-deletes", flags->reject_deletes,
          "settle a deletion quarantine: go on without; first bring back into scope who is to stay")
      ->excludes(accept);
}

}  // namespace

void declare_job(CommandLine& line) {
  CLI::App& command = add_command(
      line, "job", "starts, pauses or restarts a provisioning job",
      "  syncwright job pause --app salesforce-contoso --hold \"migration of HR data\"\n"
      "  syncwright job start --app salesforce-contoso --release\n"
      "  syncwright job restart --app salesforce-contoso --accept-deletes 12\n");
  command.require_subcommand(1);
  declare_start(command, line);
  declare_pause(command, line);
  declare_restart(command, line);
}

}  // namespace syncwright::cli
