#pragma once

#include <CLI/CLI.hpp>

#include "cli/session.h"

namespace syncwright::cli {

/// Where a command puts its flags, and what it runs when it is chosen.
struct CommandLine {
  CLI::App& app;  ///< the root; add_subcommand
  GlobalOptions& options;
  Run& run;
};

/// A subcommand with a summary and examples, global flags allowed behind it.
CLI::App& add_command(CommandLine& line, const char* name, const char* summary,
                      const char* examples);
/// The same, taking PATH arguments.
CLI::App& add_path_command(CommandLine& line, const char* name, const char* summary,
                           const char* examples);
/// PATH arguments, for a command under another one.
void takes_paths(CLI::App& command, GlobalOptions& options);
/// A number of things: 0 or more, in digits.
void takes_count(CLI::Option& option);
inline constexpr const char* kLaterRelease =
    "SW9003: belongs to a later release and is refused until then";
/// Every flag of docs/contract.md#2 that belongs to a later release is known and refused by name
/// (SW9003).
void refuse_flag(CLI::App& command, const char* flag);

/// The hidden command that completion scripts ask: the words behind it are those of a command line
/// that somebody is still writing, whatever they are.
inline constexpr const char* kCompletionCommand = "__complete";
[[nodiscard]] Run completion_run(const CLI::App& app, std::vector<std::string> words);
/// What `version` and `--version` print, without the line feed.
[[nodiscard]] std::string version_text(Format format);

}  // namespace syncwright::cli
