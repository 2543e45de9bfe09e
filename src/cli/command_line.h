#pragma once

#include <optional>
#include <string>

#include "cli/session.h"
#include "syncwright/core/error.h"

namespace syncwright::cli {

/// A command line that was understood: `run` is set; or one that asks for a text alone (--help,
/// --version): `answer` is what standard output gets; or one that is wrong: `fault` says how.
struct ParsedCommand {
  GlobalOptions options;
  Run run;
  std::optional<std::string> answer;
  std::optional<Error> fault;
  bool finishes_when_interrupted = false;  ///< the command's (command_table.h)
};

/// A fault comes with a "did you mean" where something is near.
[[nodiscard]] ParsedCommand parse_command_line(int argc, char** argv);

}  // namespace syncwright::cli
