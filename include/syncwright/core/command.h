#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/core/error.h"
#include "syncwright/core/secret.h"

namespace syncwright {

/// The bounds of one run of a program.
struct CommandLimits {
  Milliseconds duration{60'000};
  std::size_t max_bytes = 64u << 10u;  ///< of its standard output
  std::stop_token stop{};              ///< ends the run: ErrorKind::cancelled
  /// Of its standard error, from the beginning, where that is caught; the rest is read and dropped.
  std::size_t max_error_bytes = 16u << 10u;
  /// Called once, by the thread that waits, where the program still runs after `patience`.
  std::function<void()> still_waiting{};
  Milliseconds patience{3'000};
};

/// Runs a program without a shell and returns its standard output. `argv[0]` is looked up in PATH
/// unless it holds a slash; the working folder is `folder`. Standard input is /dev/null, and so is
/// standard error unless `errors` catches it: it may quote a secret, so the caller wipes it. A
/// program that cannot be started, ends with another status than 0, is killed by a signal or prints
/// more than `max_bytes` is an Error of ErrorKind::io, one that runs over `duration` of
/// ErrorKind::timeout; the error names the program and none of its output. Whatever happens, the
/// program has ended and is reaped on return; children it left in its process group are killed.
[[nodiscard]] Result<Secret> run_command(const std::vector<std::string>& argv,
                                         const std::filesystem::path& folder,
                                         const CommandLimits& limits = {},
                                         std::string* errors = nullptr);

}  // namespace syncwright
