#include "cli/approval.h"

#include <algorithm>
#include <set>

#include "cli/own_command.h"
#include "cli/planning.h"
#include "cli/project_name.h"
#include "syncwright/core/file.h"
#include "syncwright/plan/guard.h"
#include "syncwright/plan/plan_file.h"
#include "syncwright/report/approval_text.h"
#include "syncwright/report/plan_text.h"

namespace syncwright::cli {
namespace {

using Intended = tl::expected<Intent, ExitCode>;
using Approved = tl::expected<Approval, ExitCode>;

tl::unexpected<ExitCode> refuse(ExitCode code) {
  return tl::unexpected<ExitCode>(code);
}

Result<PlanFile> read_saved_plan(const Session& session, const std::string& path) {
  auto text = read_file(session.working_folder / path);
  if (!text) {
    Error error = text.error();
    error.kind = ErrorKind::invalid_input;
    return fail(error);
  }
  auto file = read_plan_file(*text);
  if (!file) {
    return fail(within(file.error(), path));
  }
  return file;
}

/// Whether the project has manifests that a saved plan can be held against.
bool manifests_at_hand(const Session& session) {
  return !session.options.paths.empty() ||
         std::filesystem::exists(project_root(session) / "syncwright.yaml") ||
         std::filesystem::exists(session.working_folder / "manifests");
}

/// Whether the plan was made with --prune.
bool prunes(const Plan& plan) {
  return std::any_of(plan.changes.begin(), plan.changes.end(),
                     [](const Change& change) { return traits_of(change.type).deletes(); });
}

/// The command that makes anew what --plan names. `plan`: what it says.
std::string made_again(const ApplyFlags& flags, const Plan& plan) {
  return fmt::format("`syncwright plan {}--out {}`", prunes(plan) ? "--prune " : "",
                     shell_word(flags.plan_file));
}

std::string plan_again(const Session& session, const ApplyFlags& flags, const Plan& plan) {
  return with_own_commands(
      session, fmt::format("plan again with {}, and review the new plan", made_again(flags, plan)));
}

/// A plan made for one environment is not carried out for another. Without -e the plan itself says
/// which one is meant.
Result<void> settle_environment(Session& session, const ApplyFlags& flags, const PlanFile& file) {
  const Desired& desired = file.desired;
  std::string& named = session.options.environment;
  if (named.empty()) {
    named = desired.environment;
  }
  if (named == desired.environment) {
    return {};
  }
  return fail(
      ErrorKind::guard,
      desired.environment.empty()
          ? fmt::format("the plan is for no environment, -e names {}", named)
          : fmt::format("the plan is for environment {}, -e names {}", desired.environment, named),
      desired.environment.empty()
          ? "leave -e away"
          : fmt::format("-e {} is right for it; {} makes one for {}", desired.environment,
                        made_again(flags, file.plan), named));
}

/// A plan made for one project is not carried out for another. In a folder without a project file
/// the plan itself says which one is meant, unless nobody named it there either.
Result<void> settle_project(Session& session, const Desired& desired) {
  std::string& named = session.options.project;
  if (!named.empty() && named != desired.project) {
    return fail(
        ErrorKind::guard,
        fmt::format("the plan is for project {}, --project names {}", desired.project, named),
        "plan again with the project you mean");
  }
  if (!is_project_named(session) && desired.project != kUnnamedProject) {
    named = desired.project;
  }
  return {};
}

/// A plan of a part (PATH, --only, --selector) is held against the same part of the manifests. A
/// PATH beside --plan only says where they are.
Desired comparable(Desired manifests, const Desired& planned) {
  if (planned.complete || planned.applications.empty()) {
    manifests.complete = manifests.complete || planned.complete;
    return manifests;
  }
  std::erase_if(manifests.applications, [&planned](const DesiredApplication& application) {
    return planned.find(application.name) == nullptr;
  });
  manifests.complete = false;
  manifests.empty_sets = planned.empty_sets;
  return manifests;
}

Intended read_saved_intent(Session& session, const ApplyFlags& flags) {
  auto file = read_saved_plan(session, flags.plan_file);
  if (!file) {
    return refuse(report_failure(session, file.error()));
  }
  if (auto settled = settle_environment(session, flags, *file); !settled) {
    return refuse(report_failure(session, settled.error()));
  }
  if (auto settled = settle_project(session, file->desired); !settled) {
    return refuse(report_failure(session, settled.error()));
  }
  if (!is_project_named(session)) {
    return refuse(refuse_unnamed(session, "apply"));
  }
  ReviewedFindings findings = ReviewedFindings::left_out;
  if (manifests_at_hand(session)) {
    auto loaded = load_manifests(session);
    if (!loaded) {
      return refuse(ExitCode::invalid);
    }
    const Desired manifests = comparable(std::move(loaded->desired), file->desired);
    if (manifest_digest(manifests) != file->plan.manifest_digest) {
      session.console.error("the manifests changed since the plan was made: nothing was written",
                            plan_again(session, flags, file->plan));
      return refuse(ExitCode::stale);
    }
    file->desired.severities = manifests.severities;
    findings = ReviewedFindings::compared;
  }
  return Intent{std::move(file->desired), std::move(file->plan), findings, file->is_as_written};
}

/// A plan made for one tenant is not carried out in another: known before the first read.
Result<void> check_plans_tenant(Session& session, Connection& connection, const ApplyFlags& flags,
                                const Plan& plan) {
  auto claims = connection.claims(session.stop);
  if (!claims) {
    return fail(claims.error());
  }
  if (*claims && !(*claims)->tenant_id.empty() && plan.tenant_id.empty()) {
    return fail(ErrorKind::invalid_input, "the plan file does not say which tenant it is for",
                fmt::format("make a new one with {}", made_again(flags, plan)));
  }
  if (*claims && (*claims)->tenant_id != plan.tenant_id) {
    return fail(ErrorKind::guard,
                fmt::format("the plan is for tenant {}, the token for {}", plan.tenant_id,
                            (*claims)->tenant_id),
                fmt::format("use credentials of tenant {}; {} makes a plan of this one",
                            plan.tenant_id, made_again(flags, plan)));
  }
  return {};
}

/// `--skip-blocked`: applications with a refused change are left out whole, and named.
std::vector<std::string> leave_out_blocked(Session& session, Plan& plan) {
  std::set<std::string> blocked;
  for (const Change& change : plan.changes) {
    if (change.status == ChangeStatus::blocked) {
      blocked.insert(change.application);
      session.console.note(fmt::format("left out: {}: {}", change.application,
                                       change.refusal ? change.refusal->message : change.id));
    }
  }
  std::erase_if(plan.changes,
                [&](const Change& change) { return blocked.contains(change.application); });
  return {blocked.begin(), blocked.end()};
}

/// The guards that nothing on the command line lets through.
std::vector<GuardVerdict> standing_guards(const Plan& plan, const ApplyFlags& flags,
                                          bool reviewed) {
  return unacknowledged(plan, {flags.max_deletes, flags.max_updates, flags.allow_deprovision,
                               flags.allow_expose, flags.allow_empty, reviewed});
}

/// What to type so that this run goes through: its own command line with `added` and the flags that
/// the guards ask for, behind the settings that some of them ask for instead.
std::string way_through(const Session& session, const ApplyFlags& flags, const Plan& plan,
                        const std::vector<GuardVerdict>& standing, std::vector<std::string> added) {
  std::vector<std::string> settings;
  for (const GuardVerdict& verdict : standing) {
    (is_opened_by_flag(verdict) ? added : settings).push_back(verdict.acknowledge);
  }
  std::string command = fmt::format("`{}`", again_with(session, added));
  if (settings.empty()) {
    return command;
  }
  const std::string written = fmt::format("write {}", fmt::join(settings, " and "));
  // A plan file holds the settings that it was made with.
  return flags.plan_file.empty() ? fmt::format("{}; then {}", written, command)
                                 : fmt::format("{}; then {}, and {}", written,
                                               plan_again(session, flags, plan), command);
}

/// The way out of refused changes: to leave them out, where there is anything besides them.
std::string way_past_refusals(const Session& session, const ApplyFlags& flags, Plan plan,
                              bool reviewed) {
  std::set<std::string> blocked;
  for (const Change& change : plan.changes) {
    if (change.status == ChangeStatus::blocked) {
      blocked.insert(change.application);
    }
  }
  std::erase_if(plan.changes,
                [&](const Change& change) { return blocked.contains(change.application); });
  if (has_work(plan)) {
    const auto standing = standing_guards(plan, flags, reviewed);
    return fmt::format("{} leaves these applications out and carries out the rest",
                       way_through(session, flags, plan, standing, {"--skip-blocked"}));
  }
  return flags.plan_file.empty()
             ? fmt::format("settle each, then `{}`", again_with(session, {}))
             : fmt::format("settle each, then {}", plan_again(session, flags, plan));
}

void print_refusals(Session& session, const ApplyFlags& flags, const Plan& plan, bool reviewed) {
  for (const Change& change : plan.changes) {
    if (change.status == ChangeStatus::blocked && change.refusal) {
      session.console.error(
          fmt::format("{}: [{}] {}", change.id, change.refusal->code, change.refusal->message),
          with_own_commands(session, change.refusal->advice));
    }
  }
  session.console.error("the plan holds refused changes: nothing was written",
                        way_past_refusals(session, flags, plan, reviewed));
}

bool passes_guards(Session& session, const Plan& plan, const ApplyFlags& flags, bool reviewed) {
  const std::vector<GuardVerdict> standing = standing_guards(plan, flags, reviewed);
  for (const GuardVerdict& verdict : standing) {
    session.console.error(fmt::format("guard {}: {}", to_string(verdict.guard), verdict.message),
                          fmt::format("{} lets it through", verdict.acknowledge));
  }
  if (!standing.empty()) {
    session.console.error(
        "a guard stands against this plan: nothing was written",
        fmt::format("{} carries it out", way_through(session, flags, plan, standing, {})));
  }
  return standing.empty();
}

/// Refused changes and guards: what stands against every plan, whoever has seen it.
Approved pass(Session& session, const ApplyFlags& flags, Plan plan, Desired desired,
              bool reviewed) {
  if (plan.unreadable && (plan.nothing_readable || !flags.skip_blocked)) {
    return refuse(report_failure(session, *plan.unreadable));
  }
  std::vector<std::string> left_out;
  if (plan.has_refusals()) {
    if (!flags.skip_blocked) {
      print_refusals(session, flags, plan, reviewed);
      return refuse(ExitCode::guard);
    }
    left_out = leave_out_blocked(session, plan);
  }
  if (!passes_guards(session, plan, flags, reviewed)) {
    return refuse(ExitCode::guard);
  }
  return Approval{std::move(plan), std::move(desired), std::move(left_out)};
}

/// A few differences are told one by one. Of many, what one wants to know is whose they are.
void note_stale(Session& session, const std::vector<Difference>& differences) {
  constexpr std::size_t few = 10;
  const bool tells_each = differences.size() <= few || session.options.verbosity > 0;
  std::set<std::string> applications;
  for (const Difference& difference : differences) {
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
    session.console.note(fmt::format("  stale: {} application{}: {}", applications.size(),
                                     applications.size() == 1 ? "" : "s",
                                     fmt::join(applications, ", ")));
  }
  session.console.note(fmt::format("  {} differences; -v names each", differences.size()));
}

Approved approve_reviewed(Session& session, Connection& connection, const ApplyFlags& flags,
                          Intent intent) {
  const Plan& reviewed = *intent.reviewed;
  if (auto checked = check_plans_tenant(session, connection, flags, reviewed); !checked) {
    return refuse(report_failure(session, checked.error()));
  }
  auto fresh = plan_live(session, connection, intent.desired, prunes(reviewed));
  if (!fresh) {
    return refuse(report_failure(session, fresh.error()));
  }
  // Values of a tenant that cannot be read say nothing about the plan: why is told below.
  const std::vector<Difference> stale = unlike_reviewed(reviewed, *fresh, intent.findings);
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
  return pass(session, flags, std::move(*fresh), std::move(intent.desired), true);
}

/// With --format json standard output is the report's; who is asked must see the plan all the same.
void show(Session& session, const Plan& plan, bool asks) {
  const Plan told = with_own_commands(session, plan);
  if (session.options.format != Format::json) {
    session.console.out(render_plan(told, session.console.out_style()));
  } else if (asks) {
    session.console.raw(render_plan(told, session.console.err_style()));
  }
}

Approved approve_fresh(Session& session, Connection& connection, const ApplyFlags& flags,
                       Intent intent) {
  auto plan = plan_live(session, connection, intent.desired, flags.prune);
  if (!plan) {
    return refuse(report_failure(session, plan.error()));
  }
  const bool asks = !flags.auto_approve;
  show(session, *plan, asks);
  note_unpruned(session, *plan, flags.prune);
  // Who approves on a terminal has seen the risks.
  auto approved = pass(session, flags, std::move(*plan), std::move(intent.desired), asks);
  if (!approved || !asks || !has_work(approved->plan)) {
    return approved;
  }
  // Nobody approves what standard output did not take: `main` says so.
  if (session.console.out_failure() != 0) {
    return refuse(ExitCode::failed);
  }
  const std::string question = approval_question(approved->plan, session.console.err_style());
  if (session.console.confirm(question, session.stop)) {
    return approved;
  }
  session.console.note("Declined: nothing was written.");
  return refuse(session.stop.stop_requested() ? ExitCode::interrupted : ExitCode::failed);
}

}  // namespace

tl::expected<Intent, ExitCode> read_intent(Session& session, const ApplyFlags& flags) {
  if (!flags.plan_file.empty()) {
    return read_saved_intent(session, flags);
  }
  auto loaded = load_manifests(session);
  if (!loaded) {
    return refuse(ExitCode::invalid);
  }
  if (!is_project_named(session)) {
    return refuse(refuse_unnamed(session, "apply"));
  }
  Desired& desired = loaded->desired;
  // A project that describes nothing is not complete by itself: the guard emptySet asks whether
  // that is meant. --allow-empty says so, and then it means everything that the project owns: what
  // --prune would delete of that stands in the plan beside the guard, and not only after it.
  const bool narrowed = !session.options.paths.empty() || !session.options.only.empty() ||
                        !session.options.selectors.empty();
  if (desired.applications.empty() && !narrowed && (flags.allow_empty || flags.prune)) {
    desired.complete = true;
  }
  return Intent{std::move(desired), std::nullopt, ReviewedFindings::compared};
}

tl::expected<Approval, ExitCode> approve(Session& session, Connection& connection,
                                         const ApplyFlags& flags, Intent intent) {
  return intent.reviewed ? approve_reviewed(session, connection, flags, std::move(intent))
                         : approve_fresh(session, connection, flags, std::move(intent));
}

bool has_work(const Plan& plan) {
  return std::any_of(plan.changes.begin(), plan.changes.end(),
                     [](const Change& change) { return change.status == ChangeStatus::planned; });
}

}  // namespace syncwright::cli
