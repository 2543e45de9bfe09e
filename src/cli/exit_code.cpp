#include "cli/exit_code.h"

#include <fmt/format.h>

#include <array>

namespace syncwright::cli {
namespace {

struct ExitCodeRow {
  ExitCode code;
  const char* meaning;
};

/// What a pipeline may go by (docs/contract.md#2). Each fits a terminal of 80 columns.
constexpr std::array kExitCodeRows{
    ExitCodeRow{ExitCode::done, "done; nothing differs where differences would be 2"},
    ExitCodeRow{ExitCode::failed, "failed, declined, or a result that could not be written"},
    ExitCodeRow{ExitCode::differences, "differences: of drift, of plan with --detailed-exitcode"},
    ExitCodeRow{ExitCode::guard,
                "refused by a guard; of plan --detailed-exitcode a blocked change"},
    ExitCodeRow{ExitCode::stale, "stale: tenant or manifests changed since the plan was made"},
    ExitCodeRow{ExitCode::partly, "partly applied: each change that was not done is named"},
    ExitCodeRow{ExitCode::authentication, "authentication or permission"},
    ExitCodeRow{ExitCode::usage, "usage; also no terminal to ask on and no --auto-approve"},
    ExitCodeRow{ExitCode::invalid, "invalid manifest, plan file, secret reference or input data"},
    ExitCodeRow{ExitCode::internal, "internal error"},
    ExitCodeRow{ExitCode::interrupted, "interrupted; what was in flight is finished or named"},
};

}  // namespace

std::string exit_code_help() {
  std::string text = "Exit codes:\n";
  for (const ExitCodeRow& row : kExitCodeRows) {
    text += fmt::format("  {:<5}{}\n", static_cast<int>(row.code), row.meaning);
  }
  return text;
}

ExitCode exit_code_of(const Error& error) {
  switch (error.kind) {
    case ErrorKind::invalid_input:
      return ExitCode::invalid;
    case ErrorKind::unauthenticated:
    case ErrorKind::forbidden:
      return ExitCode::authentication;
    case ErrorKind::cancelled:
      return ExitCode::interrupted;
    case ErrorKind::guard:
      return ExitCode::guard;
    case ErrorKind::stale:
      return ExitCode::stale;
    case ErrorKind::internal:
      return ExitCode::internal;
    case ErrorKind::io:
    case ErrorKind::transport:
    case ErrorKind::unreachable:
    case ErrorKind::untrusted:
    case ErrorKind::timeout:
    case ErrorKind::not_found:
    case ErrorKind::conflict:
    case ErrorKind::rejected:
    case ErrorKind::throttled:
    case ErrorKind::unavailable:
    case ErrorKind::malformed:
    case ErrorKind::too_large:
    case ErrorKind::redirected:
    case ErrorKind::stored_differently:
      return ExitCode::failed;
  }
  return ExitCode::internal;
}

ExitCode exit_code_of(const plan::ApplyReport& report) {
  if (report.interrupted) {
    return ExitCode::interrupted;
  }
  if (report.all_done()) {
    return ExitCode::done;
  }
  if (report.writes() > 0) {
    return ExitCode::partly;
  }
  for (const plan::ChangeOutcome& outcome : report.outcomes) {
    if (outcome.state == plan::OutcomeState::stale) {
      return ExitCode::stale;
    }
    if (outcome.error) {
      return exit_code_of(*outcome.error);
    }
  }
  return ExitCode::failed;
}

}  // namespace syncwright::cli
