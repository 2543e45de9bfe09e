#pragma once

#include "cli/flags.h"
#include "cli/session.h"

namespace syncwright::cli {

/// Where a command puts its flags, and what it runs when it is chosen.
struct CommandLine {
  Command root;
  GlobalOptions& options;
  Run& run;
};

/// A subcommand with a summary and examples, global flags allowed behind it.
Command add_command(CommandLine& line, const char* name, const char* summary, const char* examples);
/// The same, taking PATH arguments.
Command add_path_command(CommandLine& line, const char* name, const char* summary,
                         const char* examples);
/// PATH arguments, for a command under another one.
void takes_paths(const Command& command, GlobalOptions& options);

/// The hidden command that completion scripts ask: the words behind it are those of a command line
/// that somebody is still writing, whatever they are.
inline constexpr const char* kCompletionCommand = "__complete";
[[nodiscard]] Run completion_run(const CLI::App& app, std::vector<std::string> words);
/// What `version` and `--version` print, without the line feed.
[[nodiscard]] std::string version_text(report::Format format);

}  // namespace syncwright::cli
