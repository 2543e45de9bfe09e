#include <unistd.h>

#include "cli/applying.h"
#include "cli/commands.h"

namespace syncwright::cli {

void declare_apply(CommandLine& line) {
  const Command command = add_path_command(
      line, "apply", "plans, asks, and carries the plan out",
      "  syncwright apply                       shows the plan and asks\n"
      "  syncwright apply --auto-approve        in a pipeline\n"
      "  syncwright apply --plan plan.json      a reviewed plan, refused when it is stale\n"
      "  syncwright apply --prune --max-deletes 1   also deletes the one application that went\n");
  auto flags = std::make_shared<ApplyFlags>();
  command.add_option("--plan", flags->plan_file, "carry out a file of `plan --out`");
  command.add_flag("--auto-approve", flags->auto_approve, "do not ask");
  command.add_option("--backup", flags->backup,
                     "folder for what is replaced (default .syncwright/backup)");
  command.add_option("--journal", flags->journal,
                     "JSON lines of every write (default .syncwright/journal.jsonl)");
  command.add_flag("--prune", flags->prune,
                   "delete applications that no manifest names, and jobs that are absent");
  command.add_option("--max-deletes", flags->max_deletes, "how many deletions are expected")
      .a_count();
  command
      .add_option("--max-updates", flags->max_updates,
                  "how many existing applications are expected to be updated")
      .a_count();
  command
      .add_option("--allow-deprovision", flags->allow_deprovision,
                  "how many changes that may deprovision people are expected")
      .a_count();
  command
      .add_option("--allow-expose", flags->allow_expose,
                  "how many changes that may give more people access are "
                  "expected")
      .a_count();
  command.add_flag(
      "--allow-empty", flags->allow_empty,
      "the manifests may describe no application, a set may have no rows (the folder must "
      "still hold a manifest: an empty set will do)");
  command.add_flag("--skip-blocked", flags->skip_blocked,
                   "leave applications with a refused change out, and carry out the rest");
  command.callback([&run = line.run, flags] {
    run = [flags](Session& session) { return run_apply(session, *flags); };
  });
}

}  // namespace syncwright::cli
