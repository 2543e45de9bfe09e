#include <algorithm>

#include "cli/commands.h"
#include "cli/project.h"
#include "cli/reports.h"
#include "syncwright/operations/job_order.h"
#include "syncwright/report/escape.h"

namespace syncwright::cli {
namespace {

struct JobFlags {
  operations::JobOrder order;
  bool auto_approve = false;
};

Json to_json(const operations::JobOrder& order, const std::string& application,
             const operations::JobDone& done) {
  const auto text_or_null = [](const std::optional<std::string>& text) {
    return text ? Json(*text) : Json();
  };
  return {{"application", application},
          {"job", order.job},
          {"jobId", text_or_null(done.job_id)},
          {"action", done.done},
          {"requestId", text_or_null(done.request_id)}};
}

std::string sentence_of(const operations::JobOrder& order, const std::string& application,
                        const operations::JobDone& done) {
  return done.job_id
             ? fmt::format("{} job {} of {}", done.done, *done.job_id, application)
             : fmt::format("{} {}; it has no job {} to start", done.done, application, order.job);
}

/// What several orders came to. An application is independent of the others, as in an apply.
struct Round {
  Json done = Json::array();
  std::vector<std::string> sentences;  ///< of `done`
  std::vector<std::string> not_begun;
  std::optional<Error> first_failure;
};

ExitCode verdict_of_round(const Round& round) {
  if (!round.not_begun.empty()) {
    return ExitCode::interrupted;
  }
  if (!round.first_failure) {
    return ExitCode::done;
  }
  return round.done.empty() ? exit_code_of(*round.first_failure) : ExitCode::partly;
}

void note_failure(Session& session, Round& round, const Error& error) {
  tell_failure(session, error);
  if (!round.first_failure) {
    round.first_failure = error;
  }
}

void note_hold(Session& session) {
  session.console.note(
      "The hold stays: later applies leave the application's jobs as they are until `job start "
      "--release`.");
}

Result<operations::JobDone> carry_out_one(Session& session, const operations::OperationWorld& world,
                                          const operations::JobOrder& order,
                                          const operations::NamedJob& named) {
  const bool held = operations::leaves_hold(order, named);
  if (held && order.action == operations::JobAction::start) {
    note_hold(session);
  }
  auto done = operations::carry_out_order(world, order, named);
  if (done && held && order.action == operations::JobAction::restart) {
    note_hold(session);
  }
  return done;
}

void carry_out_each(Session& session, const operations::OperationWorld& world,
                    const operations::JobOrder& order,
                    const std::vector<operations::NamedJob>& jobs, Round& round) {
  for (const operations::NamedJob& named : jobs) {
    if (session.stop.stop_requested()) {
      round.not_begun.push_back(named.application);
      continue;
    }
    auto done = carry_out_one(session, world, order, named);
    if (!done) {
      note_failure(session, round,
                   jobs.size() > 1 ? within(done.error(), named.application) : done.error());
      continue;
    }
    round.done.push_back(to_json(order, named.application, *done));
    round.sentences.push_back(sentence_of(order, named.application, *done));
    if (session.options.format == report::Format::text) {
      session.console.out(session.console.out_style().fit(round.sentences.back()) + "\n");
    }
  }
  if (!round.not_begun.empty()) {
    session.console.note(
        fmt::format("interrupted; not begun: {}", fmt::join(round.not_begun, ", ")));
  }
}

/// One line a job, and the question. Who is asked sees the state that a job is in now.
bool is_approved(Session& session, const Project& project, const std::string& tenant,
                 const operations::JobOrder& order, const std::vector<operations::NamedJob>& jobs) {
  const model::Desired& desired = project.loaded.desired;
  const std::string place =
      desired.environment.empty() ? desired.project : desired.project + "/" + desired.environment;
  const report::Style& style = session.console.err_style();
  std::string question =
      style.fit(fmt::format("{} jobs of {} in tenant {}:", jobs.size(),
                            report::escape_terminal(place), report::escape_terminal(tenant)));
  for (const operations::NamedJob& named : jobs) {
    const auto& target = named.held.job;
    const std::string job = target ? fmt::format("{} ({})", report::escape_terminal(target->job.id),
                                                 target->job.is_started() ? "started" : "paused")
                                   : std::string("(no job, only its hold)");
    question += "\n" + style.fit(fmt::format("  {}  {}", named.application, job));
  }
  question += fmt::format("\nDo you want to {} these jobs?", to_string(order.action));
  if (session.console.confirm(question, session.stop)) {
    return true;
  }
  session.console.note("Declined: nothing was written.");
  return false;
}

/// What is wrong with the flags together, now that it is known how many applications they name.
std::string number_error(const Session& session, const JobFlags& flags, std::size_t applications) {
  if (applications < 2) {
    return {};
  }
  if (flags.order.accept_deletes || flags.order.reject_deletes) {
    return fmt::format("the deletions of one application are settled at a time, and {} are named",
                       applications);
  }
  return flags.auto_approve || session.console.can_ask()
             ? std::string()
             : fmt::format(
                   "{} applications are named, and there is no terminal to ask for "
                   "approval on; pass --auto-approve",
                   applications);
}

/// The jobs that are there. Of several applications one without is named and left out: there is
/// nothing to pause. Whatever else is wrong with one stops all, before the first write.
tl::expected<std::vector<operations::NamedJob>, ExitCode> find_jobs(
    Session& session, const operations::JobOrder& order, const plan::LiveApplications& live,
    const model::Desired& desired, Round& round) {
  std::vector<operations::NamedJob> jobs;
  for (const model::DesiredApplication& application : desired.applications) {
    auto held = find_held(live, desired, application.name, order.job);
    if (held && !held->job && !order.release) {
      held = fail(operations::no_such_job(application.name, order.job));
    }
    if (held) {
      jobs.push_back({application.name, std::move(*held)});
      continue;
    }
    note_failure(session, round, held.error());
    if (held.error().kind != ErrorKind::invalid_input) {
      return tl::unexpected(exit_code_of(held.error()));
    }
  }
  return jobs;
}

/// The journal of the project's applies. A pause in an emergency is carried out without it, too.
std::unique_ptr<apply::Journal> open_journal(Session& session) {
  auto journal =
      apply::Journal::open(project_root(session) / ".syncwright" / "journal.jsonl", session.clock);
  if (journal) return std::move(*journal);
  session.console.note(fmt::format("not journalled: {}", journal.error().message));
  return apply::Journal::without_file(session.clock);
}

void carry_out_all(Session& session, Connection& connection, const operations::JobOrder& order,
                   const std::vector<operations::NamedJob>& jobs, Round& round) {
  if (jobs.empty()) {
    return;
  }
  const std::unique_ptr<apply::Journal> journal = open_journal(session);
  graph_write::GraphWriter writer(connection.graph());
  const operations::OperationWorld world{connection.graph(), connection.reader(), writer,
                                         *journal,           session.clock,       session.stop};
  carry_out_each(session, world, order, jobs, round);
}

/// What was done, each at its end in text, and at last in any other format and in reports. Of one
/// job that was not carried out there is nothing to tell.
void tell_round(Session& session, const Round& round, bool several) {
  if (!several && round.done.empty()) return;
  const report::Answer answer{
      "job",
      [&round](const report::Style& style) {
        std::string text;
        for (const std::string& sentence : round.sentences) text += style.fit(sentence) + "\n";
        return text;
      },
      report::json_text(several ? Json{{"jobs", round.done}} : round.done.front())};
  if (session.options.format == report::Format::text) {
    write_reports(session, answer);
  } else {
    tell_result(session, answer);
  }
}

ExitCode run_job(Session& session, const JobFlags& flags) {
  const operations::JobOrder& order = flags.order;
  if (!session.options.names_applications()) {
    session.console.error("no application is named",
                          "name it with --app NAME, or several with --only or --selector");
    return ExitCode::usage;
  }
  auto project = open_project(session, Access::write);
  if (!project) {
    return project.error();
  }
  const model::Desired& desired = project->loaded.desired;
  const std::string wrong = number_error(session, flags, desired.applications.size());
  if (!wrong.empty()) {
    session.console.error(wrong);
    return ExitCode::usage;
  }
  auto live = read_jobs(session, *project);
  if (!live) {
    return report_failure(session, live.error());
  }
  Round round;
  const auto jobs = find_jobs(session, order, *live, desired, round);
  if (!jobs) {
    return jobs.error();
  }
  if (jobs->size() > 1 && !flags.auto_approve &&
      !is_approved(session, *project, live->live().tenant_id, order, *jobs)) {
    return session.stop.stop_requested() ? ExitCode::interrupted : ExitCode::failed;
  }
  carry_out_all(session, *project->connection, order, *jobs, round);
  tell_round(session, round, desired.applications.size() > 1);
  return verdict_of_round(round);
}

Command declare_action(const Command& parent, CommandLine& line, const char* summary,
                       const std::shared_ptr<JobFlags>& flags) {
  const Command command = parent.add_command(to_string(flags->order.action), summary);
  takes_paths(command, line.options);
  command.add_option("--job", flags->order.job, "the job's key (default: default)");
  command.add_flag("--auto-approve", flags->auto_approve,
                   "does not ask where several applications are named");
  command.callback([&run = line.run, flags] {
    run = [flags](Session& session) { return run_job(session, *flags); };
  });
  return command;
}

std::shared_ptr<JobFlags> flags_of(operations::JobAction action) {
  auto flags = std::make_shared<JobFlags>();
  flags->order.action = action;
  return flags;
}

void declare_start(const Command& parent, CommandLine& line) {
  auto flags = flags_of(operations::JobAction::start);
  const Command command =
      declare_action(parent, line, "starts the job, or lifts its quarantine", flags);
  command.add_flag("--release", flags->order.release,
                   "let go of a hold: later applies start jobs again");
}

void declare_pause(const Command& parent, CommandLine& line) {
  auto flags = flags_of(operations::JobAction::pause);
  const Command command =
      declare_action(parent, line, "lets the running cycle finish, then stops", flags);
  command
      .add_option("--hold", flags->order.hold,
                  "why later applies must not start it until --release")
      .check([](const std::string& text) {
        return operations::is_hold_reason(text)
                   ? std::string()
                   : "a reason is 1 to 100 letters, digits, blanks or ,._#/-";
      });
}

void declare_restart(const Command& parent, CommandLine& line) {
  auto flags = flags_of(operations::JobAction::restart);
  const Command command = declare_action(
      parent, line, "a new initial cycle; clears the quarantine and the retry list", flags);
  const Flag accept =
      command.add_option("--accept-deletes", flags->order.accept_deletes,
                         "settle a deletion quarantine: up to so many objects may go");
  accept.a_count();
  command
      .add_flag(
          "--reject-deletes", flags->order.reject_deletes,
          "settle a deletion quarantine: go on without; first bring back into scope who is to stay")
      .excludes(accept);
}

}  // namespace

void declare_job(CommandLine& line) {
  const Command command = add_command(
      line, "job", "starts, pauses or restarts provisioning jobs",
      "  syncwright job pause --app salesforce-contoso --hold \"migration of HR data\"\n"
      "  syncwright job start --app salesforce-contoso --release\n"
      "  syncwright job restart --app salesforce-contoso --accept-deletes 12\n"
      "  syncwright job pause --selector region=eu    lists them, and asks\n");
  declare_start(command, line);
  declare_pause(command, line);
  declare_restart(command, line);
}

}  // namespace syncwright::cli
