#include "syncwright/plan/drift.h"

#include <algorithm>
#include <chrono>

#include "cli/commands.h"
#include "cli/own_command.h"
#include "cli/pages.h"
#include "cli/project.h"
#include "cli/reports.h"
#include "syncwright/graph_read/audits.h"

namespace syncwright::cli {
namespace {

/// How far back an edit may explain a difference: the log keeps no more without a premium licence
/// (docs/graph.md#5.11).
constexpr std::chrono::hours kAuditWindow{7 * 24};
constexpr std::size_t kMaxEdits = 5000;

struct DriftFlags {
  bool strict = false;
  std::string since;
};

/// Who edited the plan's applications, since then.
Result<std::vector<model::LiveEdit>> read_edits_of(Session& session, Connection& connection,
                                                   const plan::Plan& plan, Instant since) {
  graph_read::EditQuery query{{}, {}, since, kMaxEdits};
  for (const auto& [name, service_principal] : plan.existing) {
    query.provisioning.push_back(service_principal);
    query.directory.push_back(service_principal);
  }
  auto log = graph_read::read_edits(connection.graph(), query, session.stop);
  if (!log) {
    return fail(log.error());
  }
  if (log->cut) {
    session.console.note(
        "The audit log is longer than what was read of it: the oldest edits are not looked at.");
  }
  return std::move(log->edits);
}

/// The environment's writers, and whoever the program runs as.
std::vector<std::string> writers_of(Session& session, Connection& connection,
                                    const model::Desired& desired) {
  std::vector<std::string> writers = desired.writers;
  const auto claims = connection.claims(session.stop);
  if (claims && *claims) {
    writers.push_back((*claims)->app_id);
  }
  return writers;
}

report::DriftReport drift_report(const Session& session, const plan::Drift& drift,
                                 const model::Desired& desired) {
  return {drift, with_own_commands(session, drift), provenance_of(session), &desired};
}

/// Leaves out the edits outside the manifests that are older than `since`.
void forget_unmanaged(plan::Drift& drift, Instant since) {
  if (!drift.unmanaged) {
    return;
  }
  std::erase_if(*drift.unmanaged, [since](const plan::DriftEdit& edit) {
    const auto at = parse_rfc3339(edit.edit.at);
    return at && *at < since;
  });
}

bool differs(const plan::Drift& drift, bool strict) {
  const plan::Plan& plan = drift.plan;
  const bool ill = std::any_of(plan.health.begin(), plan.health.end(),
                               [](const plan::Health& health) { return health.is_drift; });
  const bool edited = strict && drift.unmanaged && !drift.unmanaged->empty();
  return plan.has_changes() || !plan.orphans.empty() || ill || edited;
}

/// The plan with what the log knows of it. Drift goes on without the log, since reading it is a
/// permission of its own; --strict cannot.
Result<plan::Drift> drift_with_edits(Session& session, Connection& connection,
                                     const model::Desired& desired, plan::Plan plan,
                                     const DriftFlags& flags, Instant since) {
  const Instant window = std::min(since, session.clock.now() - kAuditWindow);
  std::optional<std::vector<model::LiveEdit>> edits;
  auto read = read_edits_of(session, connection, plan, window);
  if (read) {
    edits = std::move(*read);
  } else if (flags.strict) {
    return fail(within(read.error(), "--strict needs the audit log"));
  } else {
    session.console.note(
        fmt::format("Who edited the tenant is not known: {}", read.error().message));
  }
  plan::Drift drift =
      plan::make_drift(std::move(plan), edits, writers_of(session, connection, desired));
  forget_unmanaged(drift, since);
  return drift;
}

ExitCode run_drift(Session& session, const DriftFlags& flags) {
  std::optional<Instant> since = session.clock.now() - kAuditWindow;
  if (!flags.since.empty()) {
    since = parse_since(flags.since, session.clock.now());
  }
  if (!since) {
    session.console.error(fmt::format("--since `{}` is no time", flags.since), kSinceAdvice);
    return ExitCode::usage;
  }
  auto project = open_project(session, Access::read);
  if (!project) {
    return project.error();
  }
  Connection& connection = *project->connection;
  const model::Desired& desired = project->loaded.desired;
  auto page = page_facts(session, project->loaded);
  auto plan = plan_live(session, connection, desired, {.jobs = page ? &page->jobs : nullptr});
  if (!plan) {
    return report_failure(session, plan.error());
  }
  auto read = drift_with_edits(session, connection, desired, *std::move(plan), flags, *since);
  if (!read) {
    return report_failure(session, read.error());
  }
  const plan::Drift& drift = *read;
  tell_result(session, drift_report(session, drift, desired));
  write_page(session,
             [&] { return report::page_of_drift(*with_own_commands(session, drift), *page); });
  if (drift.plan.unreadable) {
    return report_failure(session, *drift.plan.unreadable);
  }
  return differs(drift, flags.strict) ? ExitCode::differences : ExitCode::done;
}

}  // namespace

void declare_drift(CommandLine& line) {
  const Command command = add_path_command(
      line, "drift", "how the tenant differs from the manifests, who edited it, how its jobs fare",
      "  syncwright drift                  exit code 0: as the manifests say, 2: it differs\n"
      "  syncwright drift --format json    for a scheduler\n"
      "  syncwright drift --strict         2 also where somebody edited what no manifest names\n");
  auto flags = std::make_shared<DriftFlags>();
  command.add_flag("--strict", flags->strict,
                   "edits outside what the manifests manage count as well");
  command.add_option("--since", flags->since,
                     "only such edits since then: 30m, 1h, 2d, or a time (default: 7d)");
  command.callback([&run = line.run, flags] {
    run = [flags](Session& session) { return run_drift(session, *flags); };
  });
}

}  // namespace syncwright::cli
