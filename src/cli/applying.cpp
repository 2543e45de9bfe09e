#include "cli/applying.h"

#include "cli/planning.h"
#include "cli/preflight.h"
#include "syncwright/apply/executor.h"
#include "syncwright/core/file.h"
#include "syncwright/plan/basis.h"
#include "syncwright/plan/plan_file.h"
#include "syncwright/report/apply_text.h"
#include "syncwright/report/plan_text.h"
#include "syncwright/report/progress.h"

namespace syncwright::cli {
namespace {

/// A plan that may be carried out, or the exit code of the refusal that was printed.
using Approved = tl::expected<PlanFile, ExitCode>;

tl::unexpected<ExitCode> refuse(ExitCode code) {
  return tl::unexpected<ExitCode>(code);
}

ExitCode refuse_blocked(Session& session, const Plan& plan) {
  for (const Change& change : plan.changes) {
    if (change.refusal) {
      session.console.error(
          fmt::format("{}: [{}] {}", change.id, change.refusal->code, change.refusal->message),
          change.refusal->advice);
    }
  }
  session.console.error("the plan holds refused changes: nothing was written");
  return ExitCode::guard;
}

Approved approve_fresh_plan(Session& session, Connection& connection, const ApplyFlags& flags) {
  auto loaded = load_manifests(session);
  if (!loaded) {
    return refuse(ExitCode::invalid);
  }
  auto plan = plan_live(session, connection, loaded->desired);
  if (!plan) {
    return refuse(report_failure(session, plan.error()));
  }
  // With --format json standard output is the report's; who is asked must see the plan all the
  // same.
  if (session.options.format == Format::text) {
    session.console.out(render_plan(*plan, session.console.out_style()));
  } else if (!flags.auto_approve) {
    session.console.raw(render_plan(*plan, session.console.err_style()));
  }
  if (plan->unreadable) {
    return refuse(report_failure(session, *plan->unreadable));
  }
  if (plan->has_refusals()) {
    return refuse(refuse_blocked(session, *plan));
  }
  if (plan->has_changes() && !flags.auto_approve &&
      !session.console.confirm("Do you want to carry out these changes?", session.stop)) {
    session.console.note("Declined: nothing was written.");
    return refuse(session.stop.stop_requested() ? ExitCode::interrupted : ExitCode::failed);
  }
  return PlanFile{std::move(*plan), std::move(loaded->desired)};
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

/// A plan made for one tenant is not carried out in another: known before the first read.
Result<void> check_plans_tenant(Session& session, Connection& connection, const Plan& plan) {
  auto claims = connection.claims(session.stop);
  if (!claims) {
    return fail(claims.error());
  }
  if (*claims && !plan.tenant_id.empty() && (*claims)->tenant_id != plan.tenant_id) {
    return fail(ErrorKind::guard, fmt::format("the plan is for tenant {}, the token for {}",
                                              plan.tenant_id, (*claims)->tenant_id));
  }
  return {};
}

Approved approve_saved_plan(Session& session, Connection& connection, const std::string& path) {
  auto file = read_saved_plan(session, path);
  if (!file) {
    return refuse(report_failure(session, file.error()));
  }
  if (manifests_at_hand(session)) {
    auto loaded = load_manifests(session);
    if (!loaded) {
      return refuse(ExitCode::invalid);
    }
    if (manifest_digest(loaded->desired) != file->plan.manifest_digest) {
      session.console.error("the manifests changed since the plan was made: nothing was written",
                            "plan again, and review the new plan");
      return refuse(ExitCode::stale);
    }
  }
  if (auto checked = check_plans_tenant(session, connection, file->plan); !checked) {
    return refuse(report_failure(session, checked.error()));
  }
  auto fresh = plan_live(session, connection, file->desired);
  if (!fresh) {
    return refuse(report_failure(session, fresh.error()));
  }
  if (fresh->unreadable) {
    return refuse(report_failure(session, *fresh->unreadable));
  }
  const std::vector<std::string> stale = stale_changes(file->plan.changes, fresh->changes);
  if (!stale.empty()) {
    for (const std::string& id : stale) {
      session.console.note(fmt::format("  stale: {}", id));
    }
    session.console.error("the tenant changed since the plan was made: nothing was written",
                          "plan again, and review the new plan");
    return refuse(ExitCode::stale);
  }
  if (file->plan.has_refusals()) {
    return refuse(refuse_blocked(session, file->plan));
  }
  return std::move(*file);
}

ApplyOptions apply_options(const Session& session, const ApplyFlags& flags) {
  ApplyOptions options;
  options.parallelism = session.options.parallelism;
  options.root = project_root(session);
  options.journal = flags.journal.empty() ? options.root / ".syncwright" / "journal.jsonl"
                                          : session.working_folder / flags.journal;
  options.backup = flags.backup.empty() ? options.root / ".syncwright" / "backup"
                                        : session.working_folder / flags.backup;
  return options;
}

ExitCode carry_out(Session& session, Connection& connection, const PlanFile& approved,
                   const ApplyFlags& flags) {
  if (auto lacking = check_permissions(session, connection, approved.plan); !lacking) {
    return report_failure(session, lacking.error());
  }
  GraphWriter writer(connection.graph());
  CredentialsWriter credentials(connection.graph());
  const auto listener = make_progress(stderr, session.console.err_style(),
                                      session.console.log_json()             ? ProgressForm::json
                                      : session.console.stderr_is_terminal() ? ProgressForm::live
                                                                             : ProgressForm::lines,
                                      session.clock, approved.plan.changes.size());
  auto report = apply_plan(
      approved.plan, approved.desired,
      {connection.reader(), writer, credentials, session.environment, session.clock, *listener},
      apply_options(session, flags), session.stop);
  if (!report) {
    return report_failure(session, report.error());
  }
  session.console.out(session.options.format == Format::json
                          ? printed(to_json(*report))
                          : render_apply_summary(*report, session.console.out_style()));
  return exit_code_of(*report);
}

}  // namespace

ExitCode run_apply(Session& session, const ApplyFlags& flags) {
  if (flags.plan_file.empty() && !flags.auto_approve && !session.console.can_ask()) {
    session.console.error("there is no terminal to ask for approval on",
                          "pass --auto-approve, or --plan FILE with a reviewed plan");
    return ExitCode::usage;
  }
  auto connection = Connection::open(session, Access::write);
  if (!connection) {
    return report_failure(session, connection.error());
  }
  const Approved approved = flags.plan_file.empty()
                                ? approve_fresh_plan(session, **connection, flags)
                                : approve_saved_plan(session, **connection, flags.plan_file);
  if (!approved) {
    return approved.error();
  }
  if (!approved->plan.has_changes() && session.options.format == Format::text) {
    return ExitCode::done;
  }
  return carry_out(session, **connection, *approved, flags);
}

}  // namespace syncwright::cli
