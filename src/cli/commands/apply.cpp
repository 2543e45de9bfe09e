#include <unistd.h>

#include "cli/applying.h"
#include "cli/commands.h"

namespace syncwright::cli {

void declare_apply(CommandLine& line) {
  CLI::App& command = add_path_command(
      line, "apply", "plans, asks, and carries the plan out",
      "  syncwright apply                       shows the plan and asks\n"
      "  syncwright apply --auto-approve        in a pipeline\n"
      "  syncwright apply --plan plan.json      a reviewed plan, refused when it is stale\n");
  auto flags = std::make_shared<ApplyFlags>();
  command.add_option("--plan", flags->plan_file, "carry out a file of `plan --out`");
  command.add_flag("--auto-approve", flags->auto_approve, "do not ask");
  command.add_option("--backup", flags->backup,
                     "folder for what is replaced (default .syncwright/backup)");
  command.add_option("--journal", flags->journal,
                     "JSON lines of every write (default .syncwright/journal.jsonl)");
  for (const char* later :
       {"--prune", "--max-deletes", "--allow-deprovision", "--allow-empty", "--skip-blocked"}) {
    refuse_flag(command, later);
  }
  command.callback([&run = line.run, flags] {
    run = [flags](Session& session) { return run_apply(session, *flags); };
  });
}

}  // namespace syncwright::cli
