#include "cli/commands.h"
#include "cli/own_command.h"
#include "cli/pages.h"
#include "cli/project.h"
#include "cli/reports.h"
#include "syncwright/core/file.h"
#include "syncwright/plan/plan_file.h"

namespace syncwright::cli {
namespace {

struct PlanFlags {
  std::string out;
  bool detailed_exitcode = false;
  bool prune = false;
};

/// The exit code of --detailed-exitcode. A plan that apply would refuse must not pass a check.
ExitCode detailed_exit_code(const plan::Plan& plan) {
  if (plan.has_refusals()) {
    return ExitCode::guard;
  }
  return plan.has_changes() ? ExitCode::differences : ExitCode::done;
}

/// What was saved, and how it is carried out where it can be.
std::string saved_note(const Session& session, const plan::Plan& plan, const std::string& file) {
  const bool is_refused = plan.unreadable || plan.has_refusals();
  if (is_refused || !plan.has_changes()) return fmt::format("Saved to {}.", file);
  return fmt::format("Saved to {}; `{}` carries it out.", file,
                     command_on_plan(session, "apply --plan " + shell_word(file)));
}

ExitCode run_plan(Session& session, const PlanFlags& flags) {
  if (const auto fault = fault_of_output_files(session.options, flags.out); !fault.empty()) {
    session.console.error(fault);
    return ExitCode::usage;
  }
  auto project = open_project(session, Access::read);
  if (!project) {
    return project.error();
  }
  if (flags.prune && !is_project_named(session)) {
    return refuse_unnamed(session, "plan --prune");
  }
  auto page = page_facts(session, project->loaded);
  auto made = plan_live(session, *project->connection, project->loaded.desired,
                        {.prune = flags.prune, .jobs = page ? &page->jobs : nullptr});
  if (!made) {
    return report_failure(session, made.error());
  }
  const plan::PlanFile file{*std::move(made), std::move(project->loaded.desired)};
  const plan::Plan& plan = file.plan;
  if (!flags.out.empty()) {
    auto written = write_file_atomically(session.working_folder / flags.out,
                                         [&](const WritePiece& write) -> Result<void> {
                                           plan::document_of(file).write(write);
                                           return {};
                                         });
    if (!written) {
      return report_failure(session, written.error());
    }
  }
  tell_result(session, plan_report(session, file, provenance_of(session)));
  write_page(session, [&] {
    page->desired = &file.desired;
    page->provenance.plan_digest = plan::plan_digest(file);
    return report::page_of_plan(*with_own_commands(session, plan), *page);
  });
  note_unpruned(session, plan, flags.prune);
  if (plan.has_changes() && session.options.format == report::Format::text &&
      !is_project_named(session)) {
    session.console.note(
        fmt::format("Nobody named the project, and `apply` needs a name: {}, or --project NAME.",
                    kProjectFile));
  }
  const std::filesystem::path saved = session.working_folder / flags.out;
  const bool is_kept = !flags.out.empty() && std::filesystem::is_regular_file(saved);
  if (is_kept && session.options.format != report::Format::json) {
    session.console.note(saved_note(session, plan, flags.out));
  }
  // An application that the token may not read appears as a refusal of that one application.
  const bool is_refusal =
      plan.unreadable && plan.unreadable->kind == ErrorKind::forbidden && !plan.nothing_readable;
  if (plan.unreadable && !is_refusal) {
    return report_failure(session, *plan.unreadable);
  }
  return flags.detailed_exitcode ? detailed_exit_code(plan) : ExitCode::done;
}

}  // namespace

void declare_plan(CommandLine& line) {
  const Command command = add_path_command(
      line, "plan", "what apply would change; writes nothing",
      "  syncwright plan\n"
      "  syncwright plan --out plan.json            for `syncwright apply --plan plan.json`\n"
      "  syncwright plan --detailed-exitcode        exit code 2: it differs, 3: blocked\n"
      "  syncwright plan --format markdown          a comment for a pull request\n");
  auto flags = std::make_shared<PlanFlags>();
  command.add_option("--out", flags->out, "save the plan to a file");
  command.add_flag("--detailed-exitcode", flags->detailed_exitcode,
                   "exit code 2 when there are changes, 3 when one of them is blocked");
  command.add_flag("--prune", flags->prune,
                   "plan the deletion of applications that no manifest names, and of jobs that "
                   "are absent");
  command.callback([&run = line.run, flags] {
    run = [flags](Session& session) { return run_plan(session, *flags); };
  });
}

}  // namespace syncwright::cli
