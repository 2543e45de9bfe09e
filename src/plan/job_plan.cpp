#include "job_plan.h"

#include <algorithm>
#include <map>
#include <utility>

#include "draft.h"
#include "health.h"
#include "live_lint.h"
#include "refusals.h"
#include "schema_plan.h"
#include "syncwright/model/job_match.h"
#include "syncwright/model/ownership.h"
#include "syncwright/plan/basis.h"

namespace syncwright {

namespace {

void plan_missing_job(const DesiredApplication& desired, const DesiredJob& job, std::string reason,
                      ApplicationPlan& plan) {
  Change create = draft(ChangeType::job_create, desired, &job, std::move(reason), job.where);
  if (job.template_id) create.fields.push_back({"template", nullptr, *job.template_id});
  plan.changes.push_back(std::move(create));
  if (auto schema = provisional_schema(desired, job)) plan.changes.push_back(std::move(*schema));
  if (job.state == JobState::started) {
    Change start =
        draft(ChangeType::job_start, desired, &job, "a new job does not run until it is started",
              place(job.state_where, job.where));
    plan.changes.push_back(std::move(start));
  }
}

/// A job that the manifest means to exist and that cannot be told or found.
void refuse_job(const DesiredApplication& desired, const DesiredJob& job, Refusal refusal,
                ApplicationPlan& plan) {
  Change change =
      draft(ChangeType::job_create, desired, &job, "the manifest describes this job", job.where);
  plan.changes.push_back(refused(std::move(change), std::move(refusal)));
}

/// One live job and what the manifest wants of it.
class LiveJobPlan {
 public:
  LiveJobPlan(const DesiredApplication& desired, const DesiredJob& job, const LiveJob& live)
      : desired_(desired), job_(job), live_(live) {}

  [[nodiscard]] std::optional<Change> pause() const {
    if (job_.state != JobState::paused || !live_.started()) return std::nullopt;
    return turned(ChangeType::job_pause, "the job runs, and the manifest says paused",
                  JobState::paused);
  }

  /// Started where it is not: unless that is a decision for a person (PRODUCT.md 5, API.md 13.53).
  [[nodiscard]] std::optional<Change> start() const {
    if (job_.state != JobState::started || live_.started()) return std::nullopt;
    Change change = turned(ChangeType::job_start,
                           "the job is stopped, and the manifest says started", JobState::started);
    if (is_deletion_quarantine(live_)) {
      return refused(std::move(change), refusals::deletion_quarantine(desired_),
                     ChangeStatus::held);
    }
    if (is_quarantined(live_)) {
      return refused(std::move(change), refusals::expired_quarantine(desired_, job_));
    }
    return change;
  }

  /// API.md 13.19 and 8.3. A job that is to stand still is never restarted: a restart starts it.
  [[nodiscard]] std::optional<Change> restart(const CredentialsPlan& credentials,
                                              bool pending) const {
    const bool runs = job_.state ? job_.state == JobState::started : live_.started();
    if (!runs || (!live_.started() && is_quarantined(live_))) return std::nullopt;
    if (pending) return restarted("an earlier run did not come to this restart");
    if (!live_.started()) return std::nullopt;
    if (credentials.target.narrows_scope) {
      return restarted("a scope that went from all to assigned counts after a restart only");
    }
    if (is_quarantined(live_) && !is_deletion_quarantine(live_) &&
        credentials.target.saves_credentials) {
      return restarted("the job is in quarantine, and new credentials are saved");
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] Change turned(ChangeType type, std::string reason, JobState wanted) const {
    Change change =
        draft(type, desired_, &job_, std::move(reason), place(job_.state_where, job_.where));
    change.fields = state_fields(live_, wanted);
    change.basis = basis_of(change.fields);
    return change;
  }

  [[nodiscard]] Change restarted(std::string reason) const {
    return draft(ChangeType::job_restart, desired_, &job_, std::move(reason), job_.where);
  }

  const DesiredApplication& desired_;
  const DesiredJob& job_;
  const LiveJob& live_;
};

void plan_matched_job(const DesiredApplication& desired, const DesiredJob& job, const LiveJob& live,
                      const CredentialsPlan& credentials, bool pending, ApplicationPlan& plan) {
  const LiveJobPlan steps(desired, job, live);
  const auto add = [&plan](std::optional<Change> change) {
    if (change) plan.changes.push_back(*std::move(change));
  };
  auto restart = steps.restart(credentials, pending);
  add(steps.pause());
  add(schema_change(desired, job, live));
  for (Diagnostic& warning : lint_live_names(job, live)) {
    plan.diagnostics.push_back(std::move(warning));
  }
  if (restart) {
    add(std::move(restart));
  } else {
    add(steps.start());
  }
  for (Health& health : health_of(desired, job, live)) plan.health.push_back(std::move(health));
}

/// Keys of the manifest by the live job they mean.
std::map<std::string, std::vector<std::string>> claims_of(
    const std::vector<std::pair<const DesiredJob*, JobMatch>>& matches) {
  std::map<std::string, std::vector<std::string>> claims;
  for (const auto& [job, match] : matches) {
    if (match.job != nullptr) claims[match.job->id].push_back(job->key);
  }
  return claims;
}

}  // namespace

void plan_new_jobs(const DesiredApplication& desired, ApplicationPlan& plan) {
  for (const DesiredJob& job : desired.jobs) {
    if (job.absent) continue;
    if (job.job_id) {
      refuse_job(desired, job, refusals::unknown_job(job, {}), plan);
    } else {
      plan_missing_job(desired, job, "a new application has no job", plan);
    }
  }
}

void plan_live_jobs(const DesiredApplication& desired, const LiveApplication& live,
                    const CredentialsPlan& credentials, ApplicationPlan& plan) {
  const bool pending = tag_value(live.tags, kPendingRestartTag).has_value();
  std::vector<std::pair<const DesiredJob*, JobMatch>> matches;
  for (const DesiredJob& job : desired.jobs) {
    if (!job.absent) matches.emplace_back(&job, match_job(job, live.jobs, live.template_ids));
  }
  const auto claims = claims_of(matches);
  for (const auto& [job, match] : matches) {
    if (match.job != nullptr && claims.at(match.job->id).size() > 1) {
      refuse_job(desired, *job, refusals::shared_job(match.job->id, claims.at(match.job->id)),
                 plan);
    } else if (match.job != nullptr) {
      plan_matched_job(desired, *job, *match.job, credentials, pending, plan);
    } else if (job->job_id) {
      refuse_job(desired, *job, refusals::unknown_job(*job, live.jobs), plan);
    } else if (!match.candidates.empty()) {
      refuse_job(desired, *job, refusals::ambiguous_job(*job, match.candidates), plan);
    } else {
      plan_missing_job(desired, *job, "the application has no such job", plan);
    }
  }
}

}  // namespace syncwright
