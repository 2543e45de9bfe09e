#include "cli/commands.h"
#include "cli/project.h"
#include "cli/reports.h"
#include "syncwright/core/file.h"
#include "syncwright/plan/plan_file.h"

namespace syncwright::cli {
namespace {

ExitCode run_show(Session& session, const std::string& path) {
  auto text = read_file(session.working_folder / path);
  if (!text) {
    Error error = text.error();
    error.kind = ErrorKind::invalid_input;
    return report_failure(session, error);
  }
  auto file = plan::read_plan_file(*text);
  if (!file) {
    return report_failure(session, within(file.error(), path));
  }
  if (!file->is_as_written) {
    session.console.warn("this plan file was edited since `plan` wrote it; apply refuses it");
  }
  report::Provenance provenance = provenance_of(session);
  provenance.commit.clear();  // of today's pipeline, not of the one that made the plan
  tell_result(session, plan_report(session, *file, std::move(provenance)));
  return ExitCode::done;
}

}  // namespace

void declare_show(CommandLine& line) {
  const Command command =
      add_command(line, "show", "prints a saved plan; needs no tenant",
                  "  syncwright show plan.json\n"
                  "  syncwright show plan.json --format markdown   a comment\n");
  auto path = std::make_shared<std::string>();
  command.add_option("FILE", *path, "a file of `plan --out`").required();
  command.callback([&run = line.run, path] {
    run = [path](Session& session) { return run_show(session, *path); };
  });
}

}  // namespace syncwright::cli
