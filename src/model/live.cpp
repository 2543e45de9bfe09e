#include "syncwright/model/live.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace syncwright::model {

namespace {

/// How the error codes of refused credentials end: connectors put names of their own before them.
/// The first is of a recorded quarantine (docs/graph.md#5.8); [G] the others are what
/// administrators report of expired tokens.
constexpr std::string_view kCredentialCodes[] = {
    "InvalidCredentials",
    "CredentialValidationFailure",
    "CredentialValidationUnavailable",
};

bool may_be_credential_code(std::string_view code) {
  return std::any_of(std::begin(kCredentialCodes), std::end(kCredentialCodes),
                     [code](std::string_view ending) { return code.ends_with(ending); });
}

}  // namespace

bool LiveExecution::is_placeholder() const {
  return state == "Failed" && error_code == "None";
}

bool LiveJob::is_quarantined() const {
  return quarantine.has_value() || status_code == "Quarantine";
}

bool LiveJob::is_quarantined_for_deletes() const {
  return quarantine && quarantine->reason == "TooManyDeletes";
}

bool LiveJob::has_refused_credentials() const {
  if (quarantine) {
    // docs/graph.md#8.2: the engine names no other reason for credentials; without a code it is the
    // likely one.
    return quarantine->reason == "EncounteredQuarantineException" &&
           (quarantine->error_code.empty() || may_be_credential_code(quarantine->error_code));
  }
  return last_execution && last_execution->state == "Failed" &&
         may_be_credential_code(last_execution->error_code);
}

bool LiveJob::may_have_provisioned() const {
  const bool cycle_ended = last_execution.has_value() && !last_execution->is_placeholder();
  const bool has_entries = std::any_of(synchronized_entries.begin(), synchronized_entries.end(),
                                       [](const auto& entry) { return entry.second > 0; });
  return is_started() || cycle_ended || has_entries || quarantine.has_value() ||
         status_code == "Active" || status_code == "Quarantine" || !last_successful_end.empty() ||
         !steady_state_since.empty();
}

}  // namespace syncwright::model
