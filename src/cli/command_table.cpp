#include "cli/command_table.h"

#include <algorithm>
#include <array>

namespace syncwright::cli {

// Each in the file of its name in commands/, and called from nowhere but the table.
void declare_validate(CommandLine& line);
void declare_test(CommandLine& line);
void declare_eval(CommandLine& line);
void declare_plan(CommandLine& line);
void declare_show(CommandLine& line);
void declare_apply(CommandLine& line);
void declare_drift(CommandLine& line);
void declare_status(CommandLine& line);
void declare_logs(CommandLine& line);
void declare_catalog(CommandLine& line);
void declare_export(CommandLine& line);
void declare_provision(CommandLine& line);
void declare_job(CommandLine& line);
void declare_init(CommandLine& line);
void declare_emulator(CommandLine& line);
void declare_explain(CommandLine& line);
void declare_schema(CommandLine& line);
void declare_whoami(CommandLine& line);
void declare_completion(CommandLine& line);
void declare_help(CommandLine& line);
void declare_version(CommandLine& line);

namespace {

constexpr std::array kCommands{
    CommandRow{"validate", declare_validate, AdvisedFlags::place, true, true, false},
    CommandRow{"test", declare_test},
    CommandRow{"eval", declare_eval, AdvisedFlags::none, true, false, false},
    CommandRow{"plan", declare_plan, AdvisedFlags::applications},
    CommandRow{"show", declare_show, AdvisedFlags::none, true, false, false},
    CommandRow{"apply", declare_apply, AdvisedFlags::applications},
    CommandRow{"drift", declare_drift, AdvisedFlags::applications},
    CommandRow{"status", declare_status, AdvisedFlags::manifests},
    CommandRow{"logs", declare_logs, AdvisedFlags::manifests},
    CommandRow{"catalog", declare_catalog},
    CommandRow{"export", declare_export, AdvisedFlags::place, false, false},
    CommandRow{"init", declare_init, AdvisedFlags::place, false, false},
    CommandRow{"provision", declare_provision, AdvisedFlags::manifests},
    CommandRow{"job", declare_job, AdvisedFlags::manifests},
    CommandRow{"emulator", declare_emulator, AdvisedFlags::place, false, false},
    CommandRow{"explain", declare_explain, AdvisedFlags::none, true, false, false},
    CommandRow{"schema", declare_schema, AdvisedFlags::place, true, false, false},
    CommandRow{"whoami", declare_whoami, AdvisedFlags::place, true, false},
    CommandRow{"completion", declare_completion, AdvisedFlags::none, false, false, false},
    CommandRow{"help", declare_help, AdvisedFlags::place, false, false, false},
    CommandRow{"version", declare_version, AdvisedFlags::none, true, false, false},
};

}  // namespace

std::span<const CommandRow> command_table() {
  return kCommands;
}

const CommandRow* find_command(std::string_view words) {
  const std::string_view name = words.substr(0, words.find(' '));
  const auto* const found =
      std::find_if(kCommands.begin(), kCommands.end(),
                   [name](const CommandRow& row) { return row.name == name; });
  return found == kCommands.end() ? nullptr : found;
}

}  // namespace syncwright::cli
