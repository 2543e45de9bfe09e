#include "plan/planner.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "plan/draft.h"
#include "plan/lost_tags.h"
#include "plan/refusals.h"
#include "syncwright/model/application_members.h"
#include "syncwright/model/gallery_choice.h"
#include "syncwright/plan/basis.h"
#include "syncwright/plan/job_obstacle.h"
#include "syncwright/plan/meant_application.h"
#include "syncwright/plan/plan.h"

namespace syncwright::plan {

// One application: what was found of it is laid against its manifest, and what differs becomes
// changes. A function of values alone (docs/architecture.md#decision-1), so that plan, apply and
// every test ask the same question. What is hard is not the comparison but what a half-told tenant
// must not be read as. An application that was not readable is not missing. One without tags may
// come from a killed run, or somebody may have removed them, and then no stopped job is started
// (docs/ownership.md). One that was created a moment ago may not show its service principal yet,
// which is no fault. Whatever cannot be told for certain is one refused change and nothing else,
// since a wrong change here locks people out.

namespace {

using Optional = std::optional<Refusal>;

/// Whether there is one gallery application to create from.
Optional gallery_refusal(const model::DesiredApplication& desired,
                         const model::Findings& findings) {
  const model::GalleryChoice choice =
      model::choose_gallery(desired.gallery.text(), findings.gallery);
  if (choice.candidates.empty()) {
    return refusals::unknown_gallery(desired, findings.near_gallery);
  }
  if (choice.only() == nullptr) return refusals::ambiguous_gallery(desired, choice.candidates);
  if (!choice.only()->supports_provisioning) return refusals::unsupported_gallery(*choice.only());
  return std::nullopt;
}

/// The application object that the creation goes on with: the oldest, as the executor takes it.
const model::LiveReference* creation_to_resume(const std::vector<model::LiveReference>& unclaimed) {
  const auto oldest =
      std::min_element(unclaimed.begin(), unclaimed.end(),
                       [](const model::LiveReference& left, const model::LiveReference& right) {
                         return std::tie(left.created, left.application_id) <
                                std::tie(right.created, right.application_id);
                       });
  return oldest == unclaimed.end() ? nullptr : &*oldest;
}

void plan_creation(const model::DesiredApplication& desired, const model::Findings& findings,
                   const PlanContext& context, Optional obstacle, ApplicationPlan& plan) {
  const model::LiveReference* begun = creation_to_resume(findings.unclaimed);
  Change change = draft(ChangeType::application_instantiate, desired, nullptr,
                        begun == nullptr ? "the tenant has no application of this manifest"
                                         : "resumes the creation that an earlier run left",
                        desired.where);
  model::for_each_application_text([&](const auto& row) {
    const std::string* wanted = model::wanted_text(row, desired);
    if (wanted != nullptr) change.fields.push_back({row.name, nullptr, *wanted});
  });
  change.fields.push_back({"gallery", nullptr, desired.gallery});
  if (begun != nullptr) change.fields.push_back({"resumes", nullptr, begun->application_id});
  if (auto refusal = gallery_refusal(desired, findings)) {
    change.origin = place(desired.gallery_where, desired.where);
    plan.changes.push_back(refuse(std::move(change), std::move(*refusal)));
    return;
  }
  if (obstacle) {
    change.origin = place(desired.adopt.where, desired.where);
    plan.changes.push_back(refuse(std::move(change), std::move(*obstacle)));
    return;
  }
  plan.gallery_template_id =
      model::choose_gallery(desired.gallery.text(), findings.gallery).only()->id;
  plan.changes.push_back(std::move(change));
  plan_assignments(desired, nullptr, findings, plan);
  plan_new_jobs(desired, plan);
  for (Change& step : plan_credentials(desired, nullptr, context.secrets_put).changes) {
    plan.changes.push_back(std::move(step));
  }
}

Change draft_identity(const model::DesiredApplication& desired, const model::LiveApplication& live,
                      Ownership ownership, SharedText reason) {
  if (ownership != Ownership::adopted) {
    return draft(ChangeType::application_update, desired, nullptr, reason, desired.where);
  }
  Change adopt = draft(ChangeType::application_adopt, desired, nullptr, reason,
                       place(desired.adopt.where, desired.where));
  adopt.payload = TargetPayload{live.reference.service_principal_id};
  return adopt;
}

/// Why an application that is ours by its unique name alone is updated.
std::string claimed_reason(const model::DesiredApplication& desired,
                           const model::LiveApplication& live, const model::Owner& owner) {
  if (has_lost_tags(desired, live, owner)) return "its ownership tags were removed";
  const bool pending = owner.is_pending(live.reference.display_name);
  return pending || live.jobs.empty()
             ? "finishes the creation that an earlier run began"
             : "finishes the taking over that an earlier run began, unless its tags were removed";
}

std::string update_reason(const model::DesiredApplication& desired,
                          const std::vector<schema::FieldChange>& fields,
                          const std::vector<std::string>& live_tags) {
  std::string reason;
  model::for_each_application_text([&](const auto& row) {
    if (fields.front().path == row.name) reason = fmt::format("{} differs", row.words);
    if (fields.front().path == std::string(kApplicationPath) + row.name) {
      reason = fmt::format("{} of the application registration differs", row.words);
    }
  });
  if (!reason.empty()) return reason;
  const bool is_protected =
      std::find(live_tags.begin(), live_tags.end(), model::kProtectedTag) != live_tags.end();
  if (desired.protect && is_protected != *desired.protect) {
    return *desired.protect ? "the manifest protects it" : "the manifest protects it no longer";
  }
  return "the ownership tags are not complete";
}

/// Graph never changes a unique name that is set, so that a foreign one stays.
std::string kept_name(const model::LiveApplication& live) {
  const std::string& name = live.reference.unique_name;
  const bool foreign = !name.empty() && !name.starts_with("syncwright/");
  return foreign ? fmt::format("; it keeps its unique name {}", name) : std::string();
}

void plan_identity(const model::DesiredApplication& desired, const model::LiveApplication& live,
                   Ownership ownership, const std::string& reason, const PlanContext& context,
                   ApplicationPlan& plan) {
  std::vector<schema::FieldChange> fields =
      ownership == Ownership::adopted
          ? adoption_fields(desired, context.owner, live.reference, live.tags)
          : identity_fields(desired, context.owner, live.reference, live.tags);
  if (fields.empty()) return;
  const bool claimed = ownership == Ownership::claimed;
  if (claimed) restore_lost_tags(desired, live, context.owner, plan.changes, fields);
  std::string why = claimed ? claimed_reason(desired, live, context.owner)
                            : update_reason(desired, fields, live.tags);
  Change change =
      draft_identity(desired, live, ownership,
                     ownership == Ownership::adopted ? reason + kept_name(live) : std::move(why));
  if (claimed && has_lost_tags(desired, live, context.owner)) change.cause = Cause::tenant;
  change.basis = basis_of(identity_fields(desired, context.owner, live.reference, live.tags));
  change.fields = std::move(fields);
  plan.changes.push_back(std::move(change));
}

/// A run that was killed behind the start of a job is run again within that time.
constexpr Milliseconds kFinishWindow{86'400'000};

/// Whether an earlier run of this project began to make it and never came to the end: no apply of
/// it was recorded, and no job of it ever ran, so that nobody depends on what it is, or it was made
/// within a day. One that lost its tags may have been finished, and counts as such.
bool is_unfinished(const model::LiveApplication& live, Ownership ownership,
                   const PlanContext& context) {
  if (ownership == Ownership::adopted || model::tag_value(live.tags, model::kAppliedTag))
    return false;
  const bool lost = ownership == Ownership::claimed &&
                    ownership_of_claimed(live, context.owner) == OwnershipTags::lost;
  if (lost) return false;
  const auto created = parse_rfc3339(live.reference.created);
  if (created && context.now - *created < kFinishWindow) return true;
  return std::none_of(live.jobs.begin(), live.jobs.end(),
                      [](const model::LiveJob& job) { return job.may_have_provisioned(); });
}

/// Replaces all changes by one refusal where the program itself runs as this application.
void spare_own_identity(const model::DesiredApplication& desired,
                        const model::LiveApplication& live, Ownership ownership,
                        const PlanContext& context, ApplicationPlan& plan) {
  if (context.own_app_id.empty() || live.reference.app_id != context.own_app_id) return;
  if (plan.changes.empty()) return;
  plan.changes.clear();
  plan.changes.push_back(refuse(draft_identity(desired, live, ownership, "the manifest names it"),
                                refusals::own_identity(desired.name)));
}

void plan_existing(const model::DesiredApplication& desired, const MeantApplication& meant,
                   const model::Findings& findings, const PlanContext& context,
                   ApplicationPlan& plan) {
  const model::LiveApplication& live = *meant.live;
  const Ownership ownership = meant.ownership;
  plan.exists = true;
  plan.unfinished = is_unfinished(live, ownership, context);
  plan.service_principal_id = live.reference.service_principal_id;
  plan.located = LocatedApplication{live.reference, live.tags, {}};
  if (meant.refusal) {
    Change change = draft_identity(desired, live, ownership,
                                   ownership == Ownership::adopted
                                       ? meant.reason
                                       : "the live application is not the one described");
    if (meant.refusal->code == Code::SW5001 || meant.refusal->code == Code::SW5006) {
      change.origin = place(desired.gallery_where, desired.where);
    }
    plan.changes.push_back(refuse(std::move(change), *meant.refusal));
    if (ownership == Ownership::owned) tell_health(desired, live, plan);
  } else {
    plan_assignments(desired, &live, findings, plan);
    CredentialsPlan credentials = plan_credentials(desired, &live, context.secrets_put);
    const OwnershipTags tags = ownership == Ownership::claimed
                                   ? ownership_of_claimed(live, context.owner)
                                   : OwnershipTags::present;
    plan_live_jobs(desired, live, tags, credentials, context, plan);
    plan_identity(desired, live, ownership, meant.reason, context, plan);
    for (Change& step : credentials.changes) plan.changes.push_back(std::move(step));
  }
  spare_own_identity(desired, live, ownership, context, plan);
  if (!context.applies || plan.changes.empty()) plan.located.reset();
}

/// Whether tenant or manifest changed since the last apply (drift tells; drift.h). A restart that
/// an apply left to do is the manifest's.
void tell_causes(const model::DesiredApplication& desired,
                 const std::vector<std::string>& live_tags, ApplicationPlan& plan) {
  const auto applied = model::tag_value(live_tags, model::kAppliedTag);
  if (!applied || plan.changes.empty()) return;
  const Cause cause = *applied == model::applied_digest(desired) ? Cause::tenant : Cause::manifest;
  const bool awaits_restart = model::tag_value(live_tags, model::kPendingRestartTag).has_value();
  for (Change& change : plan.changes) {
    const bool is_left = awaits_restart && change.type == ChangeType::job_restart;
    change.cause = is_left ? Cause::manifest : cause;
  }
}

/// Whether its service principal was deleted. One that was created a moment ago may not be found
/// yet.
bool has_lost_principal(const model::LiveApplication& live, const PlanContext& context) {
  if (!live.reference.service_principal_id.empty()) return false;
  if (live.principal_deleted) return true;
  const auto created = parse_rfc3339(live.reference.created);
  return created && context.now - *created >= model::kSettleWindow;
}

/// The one that is there: owned, claimed or taken over.
void plan_meant(const model::DesiredApplication& desired, const MeantApplication& meant,
                const model::Findings& findings, const PlanContext& context,
                ApplicationPlan& plan) {
  const model::LiveApplication& live = *meant.live;
  if (has_lost_principal(live, context)) {
    plan.exists = true;
    Change change =
        draft_identity(desired, live, Ownership::claimed, "its enterprise application was deleted");
    change.cause = Cause::tenant;
    plan.changes.push_back(
        refuse(std::move(change), lost_principal(live.reference.application_id)));
    return;
  }
  plan_existing(desired, meant, findings, context, plan);
  if (meant.claims) tell_causes(desired, live.tags, plan);
}

std::size_t largest_schema(const model::LiveApplication& live) {
  std::size_t bytes = 0;
  for (const model::LiveJob& job : live.jobs) {
    if (job.schema) bytes = std::max(bytes, job.schema->text().size());
  }
  return bytes;
}

void plan_findings(const model::DesiredApplication& desired, const model::Findings& findings,
                   const PlanContext& context, ApplicationPlan& plan) {
  if (findings.unreadable) {
    plan.exists = true;
    plan.readable = false;
    plan.unreadable = findings.unreadable;
    plan.changes.push_back(refuse(draft(ChangeType::application_update, desired, nullptr,
                                        "what there is to do is not known", desired.where),
                                  refusals::unreadable(*findings.unreadable)));
    return;
  }
  MeantApplication meant = meant_application(desired, findings, context);
  if (meant.live != nullptr) {
    plan.largest_schema = largest_schema(*meant.live);
    plan_meant(desired, meant, findings, context, plan);
  } else if (meant.claims) {
    plan.exists = true;
    plan.changes.push_back(refuse(draft(ChangeType::application_update, desired, nullptr,
                                        "the live application cannot be told", desired.where),
                                  std::move(*meant.refusal)));
  } else {
    plan_creation(desired, findings, context, std::move(meant.refusal), plan);
  }
}

}  // namespace

PlanContext plan_context(const model::Desired& desired) {
  PlanContext context;
  context.owner = model::owner_of(desired);
  context.secrets_put = desired.guards.secrets_put;
  context.severities = desired.severities;
  for (const model::DesiredApplication& application : desired.applications) {
    context.applications.push_back(application.name);
  }
  std::sort(context.applications.begin(), context.applications.end());
  return context;
}

ApplicationPlan plan_application(const model::DesiredApplication& desired,
                                 const model::Findings& findings, const PlanContext& context) {
  ApplicationPlan plan;
  plan.application = desired.name;
  plan_findings(desired, findings, context, plan);
  chain(plan.changes);
  for (Change& change : plan.changes) {
    change.name_is_free = findings.name_is_free && findings.unclaimed.empty();
  }
  plan.changes.shrink_to_fit();  // of ten thousand applications all are held until the last is read
  return plan;
}

}  // namespace syncwright::plan
