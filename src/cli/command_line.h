#pragma once

#include <optional>

#include "cli/session.h"

namespace syncwright::cli {

/// A command line that was understood: `run` is set; or one that was answered already (--help,
/// --version, a usage error): `exit` is set.
struct ParsedCommand {
  GlobalOptions options;
  Run run;
  std::optional<ExitCode> exit;
};

/// Prints help on stdout and usage errors, with a "did you mean", on stderr (exit code 64).
[[nodiscard]] ParsedCommand parse_command_line(int argc, char** argv);

}  // namespace syncwright::cli
