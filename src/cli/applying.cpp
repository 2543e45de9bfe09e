#include "cli/applying.h"

#include <malloc.h>

#include <iterator>
#include <utility>

#include "cli/approval.h"
#include "cli/connection.h"
#include "cli/own_command.h"
#include "cli/pages.h"
#include "cli/project.h"
#include "cli/reports.h"
#include "syncwright/apply/executor.h"
#include "syncwright/plan/approval.h"
#include "syncwright/report/apply_text.h"

namespace syncwright::cli {
namespace {

apply::ApplyOptions apply_options(const Session& session, const ApplyFlags& flags) {
  apply::ApplyOptions options;
  options.parallelism = session.options.parallelism;
  options.root = project_root(session);
  options.journal = flags.journal.empty() ? options.root / ".syncwright" / "journal.jsonl"
                                          : session.working_folder / flags.journal;
  options.backup = flags.backup.empty() ? options.root / ".syncwright" / "backup"
                                        : session.working_folder / flags.backup;
  return options;
}

Result<plan::ApplyReport> execute(Session& session, Connection& connection,
                                  const Approval& approved, const ApplyFlags& flags) {
  auto claims = connection.claims(session.stop);
  if (!claims) {
    return fail(claims.error());
  }
  if (auto allowed = apply::check_permissions(approved.plan, *claims); !allowed) {
    return fail(allowed.error());
  }
  const auto listener =
      report::make_progress(stderr, session.console.err_style(),
                            session.console.log_json()             ? report::ProgressForm::json
                            : session.console.stderr_is_terminal() ? report::ProgressForm::live
                                                                   : report::ProgressForm::lines,
                            session.clock, approved.plan);
  // What the plan was read with and shown with is given back before 64 applications are under way.
  ::malloc_trim(0);
  return apply::apply_plan(approved.plan, approved.desired,
                           {connection.graph(), session.environment, session.clock, *listener},
                           apply_options(session, flags), session.stop);
}

/// Applications that --skip-blocked left out make the result partial, or a guard's refusal where
/// nothing was written.
ExitCode judge(const Approval& approved, const plan::ApplyReport& report) {
  const ExitCode code = exit_code_of(report);
  if (code != ExitCode::done || approved.left_out.empty()) {
    return code;
  }
  return report.writes() > 0 ? ExitCode::partly : ExitCode::guard;
}

/// A change that was never begun.
plan::ChangeOutcome skipped(const plan::Change& change, std::string why) {
  plan::ChangeOutcome outcome;
  outcome.change = &change;
  outcome.state = plan::OutcomeState::skipped;
  outcome.detail = std::move(why);
  return outcome;
}

/// The report of an apply that ended before its first write: every change is skipped, for `why`.
plan::ApplyReport not_begun(const plan::Plan& plan, const Error& why) {
  plan::ApplyReport report;
  report.interrupted = why.kind == ErrorKind::cancelled;
  for (const plan::Change& change : plan.changes) {
    if (change.status != plan::ChangeStatus::planned) continue;
    report.outcomes.push_back(skipped(change, describe(why)));
  }
  return report;
}

/// What became of a change that --skip-blocked left out: who reads a report has not read standard
/// error, so that a refused one tells its refusal.
plan::ChangeOutcome left_out(const plan::Change& change) {
  plan::ChangeOutcome outcome = skipped(change, "left out by --skip-blocked");
  if (change.status == plan::ChangeStatus::blocked && change.refusal) {
    const plan::Refusal& refusal = *change.refusal;
    outcome.error = Error{};
    outcome.error->kind = ErrorKind::guard;
    outcome.error->message = fmt::format("left out: [{}] {}", refusal.code, refusal.message);
    outcome.error->advice = refusal.advice;
  }
  return outcome;
}

/// Every report of what was done, and the page. They come last: plan and report are not copied for
/// them.
void tell_apply(Session& session, Approval approved, plan::ApplyReport report, bool reviewed,
                bool printed) {
  plan::Plan& plan = approved.plan;
  std::vector<const plan::Change*> not_done;
  for (const plan::Change& change : approved.left_out) {
    if (change.status != plan::ChangeStatus::held) {
      not_done.push_back(&change);
    }
  }
  plan.changes.append(std::move(approved.left_out));
  use_own_commands(session, plan);
  for (const plan::Change* change : not_done) {
    report.outcomes.push_back(left_out(*change));
  }
  const report::ApplyResult result{report, plan, reviewed};
  printed ? tell_result(session, result) : write_reports(session, result);
  write_page(session, [&] {
    return report::page_of_apply(
        report, plan, {&approved.desired, {}, {}, provenance_of(session), session.clock.now()});
  });
}

ExitCode carry_out(Session& session, Connection& connection, Approval approved,
                   const ApplyFlags& flags) {
  const bool reviewed = !flags.plan_file.empty();
  const bool as_text = session.options.format == report::Format::text;
  if (!plan::has_work(approved.plan) && as_text) {
    if (approved.plan.has_changes()) {
      session.console.note("Nothing was written: what is left is held.");
    }
    const bool is_whole = approved.left_out.empty();
    tell_apply(session, std::move(approved), {}, reviewed, !is_whole);
    return is_whole ? ExitCode::done : ExitCode::guard;
  }
  auto report = execute(session, connection, approved, flags);
  if (!report) {
    plan::ApplyReport nothing = not_begun(approved.plan, report.error());
    tell_apply(session, std::move(approved), std::move(nothing), reviewed, false);
    return report_failure(session, report.error());
  }
  const ExitCode code = judge(approved, *report);
  tell_apply(session, std::move(approved), *std::move(report), reviewed, true);
  return code;
}

}  // namespace

/// A flag that would choose what the plan has chosen already; nullptr: none is given.
const char* idle_beside_plan(const Session& session, const ApplyFlags& flags) {
  if (!session.options.only.empty()) return "--only";
  if (!session.options.selectors.empty()) return "--selector";
  return flags.prune ? "--prune" : nullptr;
}

ExitCode run_apply(Session& session, const ApplyFlags& flags) {
  if (flags.plan_file.empty() && !flags.auto_approve && !session.console.can_ask()) {
    session.console.error("there is no terminal to ask for approval on",
                          fmt::format("`{}` does not ask; --plan FILE carries out a reviewed plan",
                                      again_with(session, {"--auto-approve"})));
    return ExitCode::usage;
  }
  const char* idle = flags.plan_file.empty() ? nullptr : idle_beside_plan(session, flags);
  if (idle != nullptr) {
    session.console.error(fmt::format("{} says what to plan, and --plan has a plan already", idle),
                          fmt::format("give {} to `syncwright plan --out`", idle));
    return ExitCode::usage;
  }
  auto intent = read_intent(session, flags);
  if (!intent) {
    return intent.error();
  }
  auto connection = Connection::open(session, Access::write, intent->desired);
  if (!connection) {
    return report_failure(session, connection.error());
  }
  auto approved = approve(session, **connection, flags, std::move(*intent));
  return approved ? carry_out(session, **connection, *std::move(approved), flags)
                  : approved.error();
}

}  // namespace syncwright::cli
