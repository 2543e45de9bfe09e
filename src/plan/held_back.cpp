#include "syncwright/plan/held_back.h"

#include <fmt/format.h>

#include "refusals.h"
#include "syncwright/model/ownership.h"

namespace syncwright {

std::optional<HeldBack> held_back(const DesiredApplication& desired, const DesiredJob& job,
                                  const LiveJob* live, const std::vector<std::string>& live_tags) {
  if (const auto hold = hold_reason(live_tags)) {
    return HeldBack{refusals::job_on_hold(desired, *hold), ChangeStatus::held};
  }
  if (live == nullptr || !live->quarantined()) return std::nullopt;
  if (live->quarantined_for_deletes()) {
    return HeldBack{refusals::deletion_quarantine(desired, job), ChangeStatus::held};
  }
  if (live->started()) return std::nullopt;
  return HeldBack{refusals::expired_quarantine(desired, job), ChangeStatus::blocked};
}

Refusal lost_principal(const std::string& application_id) {
  return {"SW5028",
          fmt::format("application {} has no service principal (enterprise application)",
                      application_id),
          "restore the deleted enterprise application, or delete the application registration to "
          "have both made again",
          {}};
}

}  // namespace syncwright
