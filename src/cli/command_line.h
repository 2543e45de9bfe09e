#pragma once

#include <optional>
#include <string>

#include "cli/session.h"

namespace syncwright::cli {

/// A command line that was understood: `run` is set; or one that needs no command (--help,
/// --version, a usage error): `exit` is set, and `answer` is what standard output gets.
struct ParsedCommand {
  GlobalOptions options;
  Run run;
  std::optional<ExitCode> exit;
  std::string answer;
  bool finishes_when_interrupted = false;  ///< the command's (command_table.h)
};

/// Prints usage errors, with a "did you mean", on stderr (exit code 64).
[[nodiscard]] ParsedCommand parse_command_line(int argc, char** argv);

}  // namespace syncwright::cli
