#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plan/planner.h"
#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/plan/change.h"
#include "syncwright/plan/job_obstacle.h"
#include "syncwright/plan/plan.h"

namespace syncwright::plan {

/// One live job and what the manifest wants of its running (docs/contract.md#5). What starts a job
/// is held or blocked where that is a decision for a person (job_obstacle.h).
class LiveJobPlan {
 public:
  LiveJobPlan(const model::DesiredApplication& desired, const model::DesiredJob& job,
              const model::LiveJob& live, const std::vector<std::string>& live_tags,
              OwnershipTags ownership)
      : desired_(desired), job_(job), live_(live), tags_(live_tags), ownership_(ownership) {}

  [[nodiscard]] std::optional<Change> pause() const;
  /// Nothing where a restart does it.
  [[nodiscard]] std::optional<Change> start() const;
  /// docs/graph.md#13.19 and #8.3. A job that is to stand still is never restarted: a restart
  /// starts it.
  [[nodiscard]] std::optional<Change> restart(const CredentialsPlan& credentials) const;

 private:
  [[nodiscard]] Change change_state(ChangeType type, SharedText reason,
                                    model::JobState wanted) const;
  [[nodiscard]] Change draft_restart(SharedText reason) const;
  [[nodiscard]] Change refuse_if_held(Change change) const;

  const model::DesiredApplication& desired_;
  const model::DesiredJob& job_;
  const model::LiveJob& live_;
  const std::vector<std::string>& tags_;
  const OwnershipTags ownership_;
};

/// How one live job fares (health.cpp): quarantine, expired, failing, entry-errors, and paused
/// where the manifest leaves the state alone. Empty where all is well. `saves_credentials`: the
/// plan does it anyway, so that nobody need be told to.
[[nodiscard]] std::vector<Health> health_of(const model::DesiredApplication& desired,
                                            const model::DesiredJob& job,
                                            const model::LiveJob& live, bool saves_credentials);

}  // namespace syncwright::plan
