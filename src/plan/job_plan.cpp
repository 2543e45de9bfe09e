#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "plan/draft.h"
#include "plan/live_job_plan.h"
#include "plan/planner.h"
#include "plan/refusals.h"
#include "plan/schema_plan.h"
#include "syncwright/model/job_match.h"
#include "syncwright/plan/basis.h"
#include "syncwright/plan/job_obstacle.h"

namespace syncwright::plan {

namespace {

void plan_missing_job(const model::DesiredApplication& desired, const model::DesiredJob& job,
                      SharedText reason, const std::vector<std::string>& tags,
                      OwnershipTags ownership, ApplicationPlan& plan) {
  Change create = draft(ChangeType::job_create, desired, &job, reason, job.where);
  if (job.template_id) create.fields.push_back({"template", nullptr, *job.template_id});
  plan.changes.push_back(std::move(create));
  if (auto schema = provisional_schema(desired, job)) plan.changes.push_back(std::move(*schema));
  if (job.state == model::JobState::started) {
    Change start =
        draft(ChangeType::job_start, desired, &job, "a new job does not run until it is started",
              place(job.state_where, job.where));
    if (auto held = job_obstacle(desired, job, nullptr, tags, ownership)) {
      start = refuse(std::move(start), std::move(held->refusal), held->status);
    }
    plan.changes.push_back(std::move(start));
  }
}

/// A job that the manifest means to exist and that cannot be told or found.
void refuse_job(const model::DesiredApplication& desired, const model::DesiredJob& job,
                Refusal refusal, ApplicationPlan& plan) {
  Change change =
      draft(ChangeType::job_create, desired, &job, "the manifest describes this job", job.where);
  plan.changes.push_back(refuse(std::move(change), std::move(refusal)));
}

/// A project may raise a finding to an error; then the change is refused.
std::optional<Change> refuse_if_wrong(std::optional<Change> change, const Diagnostics& findings) {
  if (!change || change->status != ChangeStatus::planned) return change;
  for (const Diagnostic& found : findings.items()) {
    if (found.severity != Severity::error) continue;
    return refuse(*std::move(change), {found.code, found.message, found.advice, {}});
  }
  return change;
}

void plan_matched_job(const model::DesiredApplication& desired, const model::DesiredJob& job,
                      const model::LiveJob& live, const CredentialsPlan& credentials,
                      const std::vector<std::string>& tags, OwnershipTags ownership,
                      const Severities& severities, ApplicationPlan& plan) {
  const LiveJobPlan steps(desired, job, live, tags, ownership);
  const auto add = [&plan](std::optional<Change> change) {
    if (change) plan.changes.push_back(*std::move(change));
  };
  auto restart = steps.restart(credentials);
  add(steps.pause());
  const Diagnostics findings = lint_live_schema(job, live, severities);
  add(refuse_if_wrong(schema_change(desired, job, live), findings));
  plan.diagnostics.insert(plan.diagnostics.end(), findings.items().begin(), findings.items().end());
  if (restart) {
    add(std::move(restart));
  } else {
    add(steps.start());
  }
  for (Health& health : health_of(desired, job, live, credentials.target.saves_credentials)) {
    plan.health.push_back(std::move(health));
  }
}

Health surplus(const std::string& application, const std::string& key) {
  return {application, key, HealthState::surplus,
          "the manifest says absent; `--prune --max-deletes N` deletes it", true};
}

/// A job that the manifest means not to exist. Deleting is a separate intent (docs/contract.md#4).
void plan_absent_job(const model::DesiredApplication& desired, const model::DesiredJob& job,
                     const model::JobMatch& match, const std::vector<std::string>& namesakes,
                     const std::vector<model::LiveJob>& jobs, bool prune, ApplicationPlan& plan) {
  if (match.job == nullptr && match.candidates.empty()) return;
  if (!prune) {
    plan.health.push_back(surplus(desired.name, job.key));
    return;
  }
  Change change =
      draft(ChangeType::job_delete, desired, &job, "the manifest says absent", job.where);
  if (match.job == nullptr) {
    change = refuse(std::move(change), refusals::ambiguous_job(job, match.candidates));
  } else if (namesakes.size() > 1) {
    change = refuse(std::move(change), refusals::shared_job(match.job->id, namesakes, jobs));
  } else {
    change.payload = TargetPayload{match.job->id};
    change.fields = deletion_fields(*match.job);
    change.basis = basis_of(change.fields);
  }
  plan.changes.push_back(std::move(change));
}

/// Why no job can be made of this entry, as far as the templates are known.
std::optional<Refusal> template_refusal(const model::DesiredApplication& desired,
                                        const model::DesiredJob& job,
                                        const std::vector<std::string>& template_ids) {
  if (template_ids.empty()) return std::nullopt;
  const std::string wanted = model::template_of(job, template_ids);
  if (std::find(template_ids.begin(), template_ids.end(), wanted) == template_ids.end()) {
    return refusals::unknown_template(wanted, template_ids);
  }
  const std::vector<std::string> keys =
      model::entries_of_template(desired.jobs, wanted, template_ids);
  if (keys.size() < 2) return std::nullopt;
  return refusals::shared_template(wanted, keys);
}

using Matches = std::vector<std::pair<const model::DesiredJob*, model::JobMatch>>;

/// Whether a scope that this plan or an earlier one narrows counts for the job after a restart only
/// (docs/graph.md#13.19).
bool restart_is_due(const model::LiveApplication& live, const model::LiveJob& job,
                    const CredentialsPlan& credentials) {
  if (!job.is_started() && !job.may_have_provisioned()) return false;
  return credentials.target.narrows_scope || model::awaits_restart(live.tags, job.id);
}

/// A job that no manifest describes is not restarted; the plan's health says that it needs it.
Health unmanaged_restart(const model::DesiredApplication& desired,
                         const model::LiveApplication& live, const model::LiveJob& job) {
  model::DesiredJob named;
  named.key = live.jobs.size() == 1 ? "default" : job.template_id;
  return {desired.name, job.id, HealthState::unmanaged,
          fmt::format("no manifest names this job, and a scope that went from all to assigned "
                      "counts after its restart only: `{}`",
                      restart_command(desired, named)),
          true};
}

/// docs/contract.md#4: jobs that no manifest names are left alone and listed, where the manifest
/// names others or one of them waits for a person.
void list_unmanaged(const model::DesiredApplication& desired, const model::LiveApplication& live,
                    const Matches& matches, const CredentialsPlan& credentials,
                    ApplicationPlan& plan) {
  for (const model::LiveJob& job : live.jobs) {
    const bool named = std::any_of(matches.begin(), matches.end(), [&job](const auto& entry) {
      const model::JobMatch& match = entry.second;
      return match.job == &job || std::find(match.candidates.begin(), match.candidates.end(),
                                            job.id) != match.candidates.end();
    });
    if (named) continue;
    if (restart_is_due(live, job, credentials)) {
      plan.health.push_back(unmanaged_restart(desired, live, job));
      continue;
    }
    if (desired.jobs.empty()) continue;
    plan.health.push_back({desired.name, job.id, HealthState::unmanaged,
                           "the manifest names other jobs only; this one is left alone", false});
  }
}

/// Keys of the manifest by the live job they mean.
std::map<std::string, std::vector<std::string>> claims_of(const Matches& matches) {
  std::map<std::string, std::vector<std::string>> claims;
  for (const auto& [job, match] : matches) {
    if (match.job != nullptr) claims[match.job->id].push_back(job->key);
  }
  return claims;
}

}  // namespace

void plan_new_jobs(const model::DesiredApplication& desired, ApplicationPlan& plan) {
  for (const model::DesiredJob& job : desired.jobs) {
    if (job.absent) continue;
    if (job.job_id) {
      refuse_job(desired, job, refusals::unknown_job(job, {}), plan);
    } else {
      plan_missing_job(desired, job, "a new application has no job", {}, OwnershipTags::present,
                       plan);
    }
  }
}

void leave_absent_jobs(ApplicationPlan& plan) {
  for (const Change& change : plan.changes) {
    if (change.type != ChangeType::job_delete) continue;
    plan.health.push_back(surplus(plan.application, change.job));
  }
  std::erase_if(plan.changes,
                [](const Change& change) { return change.type == ChangeType::job_delete; });
}

void plan_live_jobs(const model::DesiredApplication& desired, const model::LiveApplication& live,
                    OwnershipTags ownership, const CredentialsPlan& credentials,
                    const PlanContext& context, ApplicationPlan& plan) {
  Matches matches;
  for (const model::DesiredJob& job : desired.jobs) {
    matches.emplace_back(&job, model::match_job(job, desired.jobs, live.jobs, live.template_ids));
  }
  const auto claims = claims_of(matches);
  for (const auto& [job, match] : matches) {
    const std::vector<std::string> namesakes =
        match.job == nullptr ? std::vector<std::string>{} : claims.at(match.job->id);
    if (job->absent) {
      plan_absent_job(desired, *job, match, namesakes, live.jobs, context.prune, plan);
    } else if (match.job != nullptr && namesakes.size() > 1) {
      refuse_job(desired, *job, refusals::shared_job(match.job->id, namesakes, live.jobs), plan);
    } else if (match.job != nullptr) {
      plan.located->jobs.emplace(job->key, match.job->id);
      plan_matched_job(desired, *job, *match.job, credentials, live.tags, ownership,
                       context.severities, plan);
    } else if (job->job_id) {
      refuse_job(desired, *job, refusals::unknown_job(*job, live.jobs), plan);
    } else if (!match.candidates.empty()) {
      refuse_job(desired, *job, refusals::ambiguous_job(*job, match.candidates), plan);
    } else if (auto refusal = template_refusal(desired, *job, live.template_ids)) {
      refuse_job(desired, *job, std::move(*refusal), plan);
    } else {
      plan_missing_job(desired, *job, "the application has no such job", live.tags, ownership,
                       plan);
    }
  }
  list_unmanaged(desired, live, matches, credentials, plan);
}

void tell_health(const model::DesiredApplication& desired, const model::LiveApplication& live,
                 ApplicationPlan& plan) {
  for (const model::DesiredJob& job : desired.jobs) {
    const auto match = model::match_job(job, desired.jobs, live.jobs, live.template_ids);
    if (job.absent || match.job == nullptr) continue;
    for (Health& health : health_of(desired, job, *match.job, false)) {
      plan.health.push_back(std::move(health));
    }
  }
}

}  // namespace syncwright::plan
