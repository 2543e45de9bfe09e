#include "syncwright/model/live.h"

#include <algorithm>

namespace syncwright {

bool LiveExecution::placeholder() const {
  return state == "Failed" && error_code == "None";
}

bool LiveJob::quarantined() const {
  return quarantine.has_value() || status_code == "Quarantine";
}

bool LiveJob::quarantined_for_deletes() const {
  return quarantine && quarantine->reason == "TooManyDeletes";
}

bool LiveJob::may_have_provisioned() const {
  const bool cycle_ended = last_execution.has_value() && !last_execution->placeholder();
  const bool has_entries = std::any_of(synchronized_entries.begin(), synchronized_entries.end(),
                                       [](const auto& entry) { return entry.second > 0; });
  return started() || cycle_ended || has_entries || quarantine.has_value() ||
         status_code == "Active" || status_code == "Quarantine" || !last_successful_end.empty() ||
         !steady_state_since.empty();
}

}  // namespace syncwright
