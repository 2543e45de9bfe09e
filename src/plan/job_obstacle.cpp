#include "syncwright/plan/job_obstacle.h"

#include <fmt/format.h>

#include "plan/refusals.h"
#include "syncwright/model/ownership.h"

namespace syncwright::plan {

namespace {

std::optional<JobObstacle> in_quarantine(const model::DesiredApplication& desired,
                                         const model::DesiredJob& job, const model::LiveJob& live) {
  if (!live.is_quarantined()) return std::nullopt;
  if (live.is_quarantined_for_deletes()) {
    return JobObstacle{refusals::deletion_quarantine(desired, job), ChangeStatus::held};
  }
  if (live.is_started()) return std::nullopt;
  return JobObstacle{refusals::expired_quarantine(desired, job), ChangeStatus::blocked};
}

}  // namespace

std::optional<JobObstacle> job_obstacle(const model::DesiredApplication& desired,
                                        const model::DesiredJob& job, const model::LiveJob* live,
                                        const std::vector<std::string>& live_tags,
                                        OwnershipTags ownership) {
  const auto hold = model::hold_reason(live_tags);
  const bool tags_were_lost = ownership == OwnershipTags::lost || hold == model::kLostTagsHold;
  if (hold && hold != model::kLostTagsHold) {
    return JobObstacle{refusals::job_on_hold(desired, *hold), ChangeStatus::held};
  }
  if (live != nullptr) {
    if (auto held = in_quarantine(desired, job, *live)) return held;
  }
  const bool stands_still = live == nullptr || !live->is_started();
  if (!tags_were_lost || !stands_still) return std::nullopt;
  return JobObstacle{refusals::job_without_tags(desired, job), ChangeStatus::held};
}

Refusal lost_principal(const std::string& application_id) {
  return {Code::SW5028,
          fmt::format("application {} has no service principal (enterprise application)",
                      application_id),
          "restore the deleted enterprise application, or delete the application registration to "
          "have both made again",
          {}};
}

}  // namespace syncwright::plan
