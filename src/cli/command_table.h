#pragma once

#include <span>
#include <string_view>

namespace syncwright::cli {

struct CommandLine;

/// Which of a run's flags mean something to a command that a message advises (own_command.h).
enum class AdvisedFlags {
  none,          ///< it looks at no tenant and no manifest
  place,         ///< -e, --emulator, --endpoint
  manifests,     ///< these, variables and PATH
  applications,  ///< these, --only and --selector
};

/// A command, and what the global flags are to it. A new one is a row here and a file in commands/.
struct CommandRow {
  std::string_view name;
  void (*declare)(CommandLine& line);
  AdvisedFlags advised = AdvisedFlags::place;
  bool prints_result = true;  ///< takes --format; a global flag in vain is a usage error
  bool narrows = true;        ///< takes --only and --selector
  /// Whether an interruption has to wait for what is in flight. A command that looks at files alone
  /// just ends, and no thread watches for signals.
  bool finishes_when_interrupted = true;
};

/// In the order of the help.
[[nodiscard]] std::span<const CommandRow> command_table();
/// By the first word of "job start". nullptr: there is none of that name.
[[nodiscard]] const CommandRow* find_command(std::string_view words);

}  // namespace syncwright::cli
