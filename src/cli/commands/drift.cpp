#include <algorithm>

#include "cli/commands.h"
#include "cli/planning.h"
#include "syncwright/plan/plan_file.h"
#include "syncwright/report/drift_text.h"

namespace syncwright::cli {
namespace {

ExitCode run_drift(Session& session) {
  auto project = open_project(session, Access::read);
  if (!project) {
    return project.error();
  }
  auto plan = plan_live(session, *project->connection, project->loaded.desired);
  if (!plan) {
    return report_failure(session, plan.error());
  }
  session.console.out(session.options.format == Format::json
                          ? printed(to_json(*plan))
                          : render_drift(*plan, session.console.out_style()));
  if (plan->unreadable) {
    return report_failure(session, *plan->unreadable);
  }
  const bool ill = std::any_of(plan->health.begin(), plan->health.end(),
                               [](const Health& health) { return health.is_drift; });
  return plan->has_changes() || !plan->orphans.empty() || ill ? ExitCode::differences
                                                              : ExitCode::done;
}

}  // namespace

void declare_drift(CommandLine& line) {
  CLI::App& command = add_path_command(
      line, "drift", "how the tenant differs from the manifests, and how its jobs fare",
      "  syncwright drift                  exit code 0: as the manifests say, 2: it differs\n"
      "  syncwright drift --format json    for a scheduler\n");
  command.callback([&run = line.run] { run = run_drift; });
}

}  // namespace syncwright::cli
