#include "cli/approval.h"

#include <algorithm>
#include <set>

#include "cli/own_command.h"
#include "cli/project.h"
#include "syncwright/core/text.h"
#include "syncwright/plan/approval.h"
#include "syncwright/report/plan_text.h"

// An apply writes only a plan that was made a moment ago, from the tenant as it is
// (docs/contract.md#5). With --plan there are two plans: the file, which a person reviewed, and the
// fresh one. The file decides nothing but whether the two say the same; carried out is the fresh
// one, so that an edited or outdated file can make an apply refuse and can never make it write. The
// order of the refusals is part of that promise: a wrong tenant is told before anything is read, a
// stale plan before an edited file (the edit may be what made it stale), and both before guards,
// which would ask for a flag that the next plan may not need. Which obstacle stands against a plan
// is decided by plan/approval.cpp; here it is told, with the command that goes past it.

namespace syncwright::cli {
namespace {

using Approved = tl::expected<Approval, ExitCode>;

tl::unexpected<ExitCode> refuse(ExitCode code) {
  return tl::unexpected<ExitCode>(code);
}

/// A plan made for one tenant is not carried out in another: known before the first read.
Result<void> check_plans_tenant(Session& session, Connection& connection, const ApplyFlags& flags,
                                const plan::Plan& plan) {
  auto claims = connection.claims(session.stop);
  if (!claims) {
    return fail(claims.error());
  }
  if (*claims && !(*claims)->tenant_id.empty() && plan.tenant_id.empty()) {
    return fail(ErrorKind::invalid_input, "the plan file does not say which tenant it is for",
                fmt::format("make a new one with {}", plan_command(flags, plan)));
  }
  if (*claims && (*claims)->tenant_id != plan.tenant_id) {
    return fail(ErrorKind::guard,
                fmt::format("the plan is for tenant {}, the token for {}", plan.tenant_id,
                            (*claims)->tenant_id),
                fmt::format("use credentials of tenant {}; {} makes a plan of this one",
                            plan.tenant_id, plan_command(flags, plan)));
  }
  return {};
}

/// What to type so that this run goes through: its own command line with `added` and the flags that
/// the guards ask for, behind the settings that some of them ask for instead.
std::string way_through(const Session& session, const ApplyFlags& flags,
                        const plan::ApprovalVerdict& verdict, std::vector<std::string> added) {
  std::vector<std::string> settings;
  for (const plan::GuardVerdict& guard : verdict.guards) {
    (plan::is_opened_by_flag(guard) ? added : settings).push_back(guard.acknowledge);
  }
  std::string command = fmt::format("`{}`", again_with(session, added));
  if (settings.empty()) {
    return command;
  }
  const std::string written = fmt::format("write {}", fmt::join(settings, " and "));
  // A plan file holds the settings that it was made with.
  return flags.plan_file.empty() ? fmt::format("{}; then {}", written, command)
                                 : fmt::format("{}; then {}, and {}", written,
                                               plan_again(session, flags, verdict.rest), command);
}

/// What this run says yes to. `reviewed`: somebody has seen the plan, in a file or on the terminal.
plan::Consent consent_of(const ApplyFlags& flags, bool reviewed) {
  return {{flags.max_deletes, flags.max_updates, flags.allow_deprovision, flags.allow_expose,
           flags.allow_empty, reviewed},
          flags.skip_blocked};
}

/// The way out of refused changes: to leave them out, where there is anything besides them.
std::string way_past_refusals(const Session& session, const ApplyFlags& flags,
                              const plan::ApprovalVerdict& verdict) {
  if (plan::has_work(verdict.rest)) {
    return fmt::format("{} leaves these applications out and carries out the rest",
                       way_through(session, flags, verdict, {"--skip-blocked"}));
  }
  return flags.plan_file.empty()
             ? fmt::format("settle each, then `{}`", again_with(session, {}))
             : fmt::format("settle each, then {}", plan_again(session, flags, verdict.rest));
}

void print_refusals(Session& session, const ApplyFlags& flags,
                    const plan::ApprovalVerdict& verdict) {
  for (const plan::Change& change : verdict.left_out) {
    if (change.status != plan::ChangeStatus::blocked || !change.refusal) {
      continue;
    }
    session.console.error(
        fmt::format("{}: [{}] {}", change.id(), change.refusal->code, change.refusal->message),
        with_own_commands(session, change.refusal->advice));
  }
  session.console.error("the plan holds refused changes: nothing was written",
                        way_past_refusals(session, flags, verdict));
}

void print_guards(Session& session, const ApplyFlags& flags, const plan::ApprovalVerdict& verdict) {
  for (const plan::GuardVerdict& guard : verdict.guards) {
    session.console.error(fmt::format("guard {}: {}", to_string(guard.guard), guard.message),
                          fmt::format("{} lets it through", guard.acknowledge));
  }
  session.console.error("a guard stands against this plan: nothing was written",
                        fmt::format("{} carries it out", way_through(session, flags, verdict, {})));
}

void note_left_out(Session& session, const plan::Changes& left_out) {
  for (const plan::Change& change : left_out) {
    if (change.status != plan::ChangeStatus::blocked) {
      continue;
    }
    const std::string why = change.refusal ? change.refusal->message : change.id();
    session.console.note(fmt::format("left out: {}: {}", change.application, why));
  }
}

/// Refused changes and guards: what stands against every plan, whoever has seen it.
Approved pass(Session& session, const ApplyFlags& flags, plan::Plan plan, model::Desired desired,
              bool reviewed) {
  plan::ApprovalVerdict verdict = plan::judge_plan(std::move(plan), consent_of(flags, reviewed));
  switch (verdict.obstacle) {
    case plan::Obstacle::unreadable:
      return refuse(report_failure(session, *verdict.rest.unreadable));
    case plan::Obstacle::refusals:
      print_refusals(session, flags, verdict);
      return refuse(ExitCode::guard);
    case plan::Obstacle::guards:
      note_left_out(session, verdict.left_out);
      print_guards(session, flags, verdict);
      return refuse(ExitCode::guard);
    case plan::Obstacle::none:
      break;
  }
  note_left_out(session, verdict.left_out);
  return Approval{std::move(verdict.rest), std::move(desired), std::move(verdict.left_out)};
}

/// A few differences are told one by one. Of many, what one wants to know is whose they are.
void note_stale(Session& session, const std::vector<plan::Difference>& differences) {
  constexpr std::size_t few = 10;
  const bool tells_each = differences.size() <= few || session.options.verbosity > 0;
  std::set<std::string> applications;
  for (const plan::Difference& difference : differences) {
    if (tells_each) {
      session.console.note(fmt::format("  stale: {}", difference.what));
    } else if (!difference.application.empty()) {
      applications.insert(difference.application);
    }
  }
  if (tells_each) {
    return;
  }
  if (!applications.empty()) {
    session.console.note(fmt::format("  stale: {}: {}",
                                     count_words(applications.size(), "application"),
                                     fmt::join(applications, ", ")));
  }
  session.console.note(fmt::format("  {} differences; -v names each", differences.size()));
}

Approved approve_reviewed(Session& session, Connection& connection, const ApplyFlags& flags,
                          Intent intent) {
  const plan::Plan& reviewed = *intent.reviewed;
  if (auto checked = check_plans_tenant(session, connection, flags, reviewed); !checked) {
    return refuse(report_failure(session, checked.error()));
  }
  auto fresh = plan_live(session, connection, intent.desired,
                         {.prune = plan::prunes(reviewed), .applies = true});
  if (!fresh) {
    return refuse(report_failure(session, fresh.error()));
  }
  // Values of a tenant that cannot be read say nothing about the plan: why is told below.
  const std::vector<plan::Difference> stale =
      plan::review_differences(reviewed, *fresh, intent.findings);
  if (!stale.empty() && (!fresh->unreadable || flags.skip_blocked)) {
    note_stale(session, stale);
    session.console.error(
        "a plan made now is not the one that was reviewed: the tenant changed since, or the file "
        "was edited; nothing was written",
        plan_again(session, flags, reviewed));
    return refuse(ExitCode::stale);
  }
  if (!intent.is_as_written) {
    session.console.error("the plan file was edited since `plan` wrote it: nothing was written",
                          plan_again(session, flags, reviewed));
    return refuse(ExitCode::invalid);
  }
  plan::take_places(reviewed, *fresh);
  return pass(session, flags, *std::move(fresh), std::move(intent.desired), true);
}

/// In any format but text standard output is the report's; who is asked must see the plan all the
/// same.
void show(Session& session, const plan::Plan& plan, bool asks) {
  const auto told = with_own_commands(session, plan);
  if (session.options.format == report::Format::text) {
    session.console.out(report::render_plan(*told, session.console.out_style()));
  } else if (asks) {
    session.console.raw(report::render_plan(*told, session.console.err_style()));
  }
}

Approved approve_fresh(Session& session, Connection& connection, const ApplyFlags& flags,
                       Intent intent) {
  auto plan =
      plan_live(session, connection, intent.desired, {.prune = flags.prune, .applies = true});
  if (!plan) {
    return refuse(report_failure(session, plan.error()));
  }
  const bool asks = !flags.auto_approve;
  show(session, *plan, asks);
  note_unpruned(session, *plan, flags.prune);
  // Who approves on a terminal has seen the risks.
  auto approved = pass(session, flags, *std::move(plan), std::move(intent.desired), asks);
  if (!approved || !asks || !plan::has_work(approved->plan)) {
    return approved;
  }
  // Nobody approves what standard output did not take: `main` says so.
  if (session.console.out_failure() != 0) {
    return refuse(ExitCode::failed);
  }
  const std::string question =
      report::approval_question(approved->plan, session.console.err_style());
  if (session.console.confirm(question, session.stop)) {
    return approved;
  }
  session.console.note("Declined: nothing was written.");
  return refuse(session.stop.stop_requested() ? ExitCode::interrupted : ExitCode::failed);
}

}  // namespace

tl::expected<Approval, ExitCode> approve(Session& session, Connection& connection,
                                         const ApplyFlags& flags, Intent intent) {
  return intent.reviewed ? approve_reviewed(session, connection, flags, std::move(intent))
                         : approve_fresh(session, connection, flags, std::move(intent));
}

}  // namespace syncwright::cli
