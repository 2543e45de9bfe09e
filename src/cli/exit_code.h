#pragma once

#include <string>

#include "syncwright/core/error.h"
#include "syncwright/plan/apply_report.h"

namespace syncwright::cli {

/// docs/contract.md#2. Pipelines depend on the numbers.
enum class ExitCode {
  done = 0,
  failed = 1,
  differences = 2,
  guard = 3,
  stale = 4,
  partly = 5,
  authentication = 6,
  usage = 64,
  invalid = 65,
  internal = 70,
  interrupted = 130,
};

/// The table that --help prints; docs/exit-codes.md has the same rows.
[[nodiscard]] std::string exit_code_help();

/// What an error means for the process, where nothing was written.
[[nodiscard]] ExitCode exit_code_of(const Error& error);

/// What an apply means: done, interrupted, partly applied, or (with no write) the first failure's
/// code.
[[nodiscard]] ExitCode exit_code_of(const plan::ApplyReport& report);

}  // namespace syncwright::cli
