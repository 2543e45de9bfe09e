#include "plan/live_job_plan.h"

#include <utility>

#include "plan/draft.h"
#include "plan/lost_tags.h"
#include "syncwright/model/ownership.h"
#include "syncwright/plan/basis.h"
#include "syncwright/plan/job_obstacle.h"

namespace syncwright::plan {

std::optional<Change> LiveJobPlan::pause() const {
  if (job_.state != model::JobState::paused || !live_.is_started()) return std::nullopt;
  return change_state(ChangeType::job_pause, "the job runs, and the manifest says paused",
                      model::JobState::paused);
}

std::optional<Change> LiveJobPlan::start() const {
  if (job_.state != model::JobState::started || live_.is_started()) return std::nullopt;
  return refuse_if_held(change_state(ChangeType::job_start,
                                     "the job is stopped, and the manifest says started",
                                     model::JobState::started));
}

std::optional<Change> LiveJobPlan::restart(const CredentialsPlan& credentials) const {
  const bool runs = job_.state ? job_.state == model::JobState::started : live_.is_started();
  // start() says of a job that stopped in quarantine what there is to decide.
  if (!runs || (!live_.is_started() && live_.is_quarantined())) return std::nullopt;
  if (model::awaits_restart(tags_, live_.id)) {
    return refuse_if_held(draft_restart("an earlier run did not come to this restart"));
  }
  if (credentials.target.narrows_scope && (live_.is_started() || live_.may_have_provisioned())) {
    return refuse_if_held(
        draft_restart("a scope that went from all to assigned counts after a restart only"));
  }
  // A job that stands still is held, and is restarted once a person has released it.
  if (ownership_ == OwnershipTags::lost && live_.is_started() &&
      may_await_restart(desired_, live_)) {
    return refuse_if_held(draft_restart(
        "its ownership tags were removed, and with them whether a scope that went from "
        "all to assigned still waits for a restart"));
  }
  if (live_.is_started() && live_.is_quarantined() && !live_.is_quarantined_for_deletes() &&
      credentials.target.saves_credentials) {
    return refuse_if_held(draft_restart("the job is in quarantine, and new credentials are saved"));
  }
  return std::nullopt;
}

Change LiveJobPlan::change_state(ChangeType type, SharedText reason, model::JobState wanted) const {
  Change change = draft(type, desired_, &job_, reason, place(job_.state_where, job_.where));
  change.fields = state_fields(live_, wanted);
  change.basis = basis_of(change.fields);
  return change;
}

Change LiveJobPlan::draft_restart(SharedText reason) const {
  return draft(ChangeType::job_restart, desired_, &job_, reason, job_.where);
}

Change LiveJobPlan::refuse_if_held(Change change) const {
  auto held = job_obstacle(desired_, job_, &live_, tags_, ownership_);
  return held ? refuse(std::move(change), std::move(held->refusal), held->status) : change;
}

}  // namespace syncwright::plan
