#include "cli/exit_code.h"

namespace syncwright::cli {

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

ExitCode exit_code_of(const ApplyReport& report) {
  if (report.interrupted) {
    return ExitCode::interrupted;
  }
  if (report.all_done()) {
    return ExitCode::done;
  }
  if (report.writes() > 0) {
    return ExitCode::partly;
  }
  for (const ChangeOutcome& outcome : report.outcomes) {
    if (outcome.state == OutcomeState::stale) {
      return ExitCode::stale;
    }
    if (outcome.error) {
      return exit_code_of(*outcome.error);
    }
  }
  return ExitCode::failed;
}

}  // namespace syncwright::cli
