#include "syncwright/plan/drift.h"

#include <algorithm>
#include <chrono>

#include "cli/commands.h"
#include "cli/planning.h"
#include "cli/provenance.h"
#include "cli/reports.h"
#include "syncwright/graph_read/audits.h"
#include "syncwright/report/drift_text.h"
#include "syncwright/report/plan_markdown.h"

namespace syncwright::cli {
namespace {

/// How far back an edit may explain a difference: the log keeps no more without a premium licence
/// (API.md 5.11).
constexpr std::chrono::hours kAuditWindow{7 * 24};
constexpr std::size_t kMaxEdits = 500;

bool is_of_directory(const Change& change) {
  switch (change.type) {
    case ChangeType::application_adopt:
    case ChangeType::application_update:
    case ChangeType::assignment_add:
    case ChangeType::assignment_remove:
      return true;
    case ChangeType::application_instantiate:
    case ChangeType::application_delete:
    case ChangeType::job_pause:
    case ChangeType::job_create:
    case ChangeType::credentials_validate:
    case ChangeType::credentials_save:
    case ChangeType::schema_put:
    case ChangeType::job_restart:
    case ChangeType::job_start:
    case ChangeType::job_delete:
      return false;
  }
  return false;
}

/// Who edited what differs. The log is asked only where something does, and drift goes on without
/// it (nullopt): reading it is a permission of its own.
std::optional<std::vector<LiveEdit>> read_edits_of(Session& session, Connection& connection,
                                                   const Plan& plan) {
  EditQuery query{{}, {}, session.clock.now() - kAuditWindow, kMaxEdits};
  for (const Change& change : plan.changes) {
    const auto principal = plan.service_principals.find(change.application);
    if (principal == plan.service_principals.end()) {
      continue;
    }
    const bool of_directory = is_of_directory(change);
    if (!of_directory) {
      query.provisioning.push_back(principal->second);
    }
    // Where the manifest changed, the directory's log has the last apply: its tag.
    if (of_directory || change.cause == Cause::manifest) {
      query.directory.push_back(principal->second);
    }
  }
  auto edits = read_edits(connection.graph(), query, session.stop);
  if (!edits) {
    session.console.note(
        fmt::format("Who edited the tenant is not known: {}", edits.error().message));
    return std::nullopt;
  }
  return std::move(*edits);
}

/// The environment's writers, and whoever the program runs as.
std::vector<std::string> writers_of(Session& session, Connection& connection,
                                    const Desired& desired) {
  std::vector<std::string> writers = desired.writers;
  const auto claims = connection.claims(session.stop);
  if (claims && *claims) {
    writers.push_back((*claims)->app_id);
  }
  return writers;
}

std::string rendered_drift(const Drift& drift, Format format, const Style& style,
                           const Provenance& provenance) {
  switch (format) {
    case Format::json:
      return printed(to_json(drift));
    case Format::markdown:
      return render_drift_markdown(drift, provenance);
    case Format::text:
      return render_drift(drift, style);
  }
  return {};
}

ExitCode run_drift(Session& session) {
  auto project = open_project(session, Access::read);
  if (!project) {
    return project.error();
  }
  Connection& connection = *project->connection;
  const Desired& desired = project->loaded.desired;
  auto plan = plan_live(session, connection, desired, false);
  if (!plan) {
    return report_failure(session, plan.error());
  }
  const auto edits = read_edits_of(session, connection, *plan);
  const Drift drift = make_drift(std::move(*plan), edits, writers_of(session, connection, desired));
  auto told = tell_result(session, [&](Format format, const Style& style) {
    return rendered_drift(drift, format, style, provenance_of(session));
  });
  if (!told) {
    return report_failure(session, told.error());
  }
  if (drift.plan.unreadable) {
    return report_failure(session, *drift.plan.unreadable);
  }
  const bool ill = std::any_of(drift.plan.health.begin(), drift.plan.health.end(),
                               [](const Health& health) { return health.is_drift; });
  return drift.plan.has_changes() || !drift.plan.orphans.empty() || ill ? ExitCode::differences
                                                                        : ExitCode::done;
}

}  // namespace

void declare_drift(CommandLine& line) {
  CLI::App& command = add_path_command(
      line, "drift", "how the tenant differs from the manifests, who edited it, how its jobs fare",
      "  syncwright drift                  exit code 0: as the manifests say, 2: it differs\n"
      "  syncwright drift --format json    for a scheduler\n");
  command.callback([&run = line.run] { run = run_drift; });
}

}  // namespace syncwright::cli
