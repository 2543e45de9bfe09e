#include <algorithm>
#include <tuple>

#include "credentials_plan.h"
#include "draft.h"
#include "job_plan.h"
#include "order.h"
#include "refusals.h"
#include "syncwright/model/gallery_choice.h"
#include "syncwright/plan/basis.h"
#include "syncwright/plan/plan.h"

namespace syncwright {

namespace {

using Optional = std::optional<Refusal>;

/// Whether there is one gallery application to create from.
Optional gallery_refusal(const DesiredApplication& desired,
                         const std::vector<GalleryTemplate>& gallery) {
  const GalleryChoice choice = choose_gallery(desired.gallery, gallery);
  if (choice.candidates.empty()) return refusals::unknown_gallery(desired);
  if (choice.only() == nullptr) return refusals::ambiguous_gallery(desired, choice.candidates);
  if (!choice.only()->supports_provisioning) return refusals::unsupported_gallery(*choice.only());
  return std::nullopt;
}

Optional neighbour_refusal(const DesiredApplication& desired,
                           const std::vector<LiveApplication>& neighbours, const Owner& owner) {
  std::vector<LiveApplication> unmanaged;
  for (const LiveApplication& neighbour : neighbours) {
    const auto foreign = foreign_owner_tag(neighbour.tags, owner.tag());
    if (foreign) return refusals::foreign_owner(neighbour, *foreign);
    const auto own = std::find(neighbour.tags.begin(), neighbour.tags.end(), owner.tag());
    if (own == neighbour.tags.end()) unmanaged.push_back(neighbour);
  }
  if (unmanaged.empty() || desired.adopt.mode == Adopt::Mode::never) return std::nullopt;
  return refusals::unmanaged_neighbours(unmanaged);
}

/// The application object that the creation goes on with: the oldest, as the executor takes it.
const LiveReference* resumed(const std::vector<LiveReference>& unclaimed) {
  const auto oldest = std::min_element(unclaimed.begin(), unclaimed.end(),
                                       [](const LiveReference& left, const LiveReference& right) {
                                         return std::tie(left.created, left.application_id) <
                                                std::tie(right.created, right.application_id);
                                       });
  return oldest == unclaimed.end() ? nullptr : &*oldest;
}

void plan_creation(const DesiredApplication& desired, const Findings& findings,
                   const PlanContext& context, ApplicationPlan& plan) {
  const LiveReference* begun = resumed(findings.unclaimed);
  Change change = draft(ChangeType::application_instantiate, desired, nullptr,
                        begun == nullptr ? "the tenant has no application of this manifest"
                                         : "resumes the creation that an earlier run left",
                        desired.where);
  change.fields.push_back({"displayName", nullptr, desired.display_name});
  change.fields.push_back({"gallery", nullptr, desired.gallery});
  if (begun != nullptr) change.fields.push_back({"resumes", nullptr, begun->application_id});
  if (auto refusal = gallery_refusal(desired, findings.gallery)) {
    change.origin = place(desired.gallery_where, desired.where);
    plan.changes.push_back(refused(std::move(change), std::move(*refusal)));
    return;
  }
  if (auto refusal = neighbour_refusal(desired, findings.neighbours, context.owner)) {
    plan.changes.push_back(refused(std::move(change), std::move(*refusal)));
    return;
  }
  plan.changes.push_back(std::move(change));
  plan_new_jobs(desired, plan);
  for (Change& step : plan_credentials(desired, nullptr, context.secrets_put).changes) {
    plan.changes.push_back(std::move(step));
  }
}

/// PRODUCT.md 3: `gallery` is immutable.
Optional identity_refusal(const DesiredApplication& desired, const LiveApplication& live,
                          const std::vector<GalleryTemplate>& gallery) {
  const std::string& made_from = live.application_template_id;
  // Empty: claimed by a killed run, and its service principal is not readable yet.
  if (made_from.empty() || made_from == desired.gallery) return std::nullopt;
  const std::vector<GalleryTemplate> meant = choose_gallery(desired.gallery, gallery).candidates;
  if (meant.empty()) return refusals::unknown_gallery_of(desired, live);
  const bool listed = std::any_of(
      meant.begin(), meant.end(),
      [&made_from](const GalleryTemplate& candidate) { return candidate.id == made_from; });
  if (listed) return std::nullopt;
  return refusals::changed_gallery(desired, live);
}

Change draft_update(const DesiredApplication& desired, std::string reason) {
  return draft(ChangeType::application_update, desired, nullptr, std::move(reason), desired.where);
}

void plan_identity(const DesiredApplication& desired, const LiveApplication& live, bool claimed,
                   const PlanContext& context, ApplicationPlan& plan) {
  std::vector<FieldChange> fields =
      identity_fields(desired, context.owner, live.reference.display_name, live.tags);
  if (fields.empty()) return;
  Change update = draft_update(desired, claimed ? "finishes the creation that an earlier run began"
                                        : fields.front().path == "displayName"
                                            ? "the display name differs"
                                            : "the ownership tags are not complete");
  update.basis = basis_of(fields);
  update.fields = std::move(fields);
  plan.changes.push_back(std::move(update));
}

void plan_existing(const DesiredApplication& desired, const LiveApplication& live, bool claimed,
                   const Findings& findings, const PlanContext& context, ApplicationPlan& plan) {
  if (auto refusal = identity_refusal(desired, live, findings.gallery)) {
    Change change = draft_update(desired, "the live application is not the one described");
    change.origin = place(desired.gallery_where, desired.where);
    plan.changes.push_back(refused(std::move(change), std::move(*refusal)));
    return;
  }
  if (const auto foreign = foreign_owner_tag(live.tags, context.owner.tag())) {
    plan.changes.push_back(
        refused(draft_update(desired, "the live application has another owner's tag"),
                refusals::owned_elsewhere(live, *foreign)));
    return;
  }
  plan_identity(desired, live, claimed, context, plan);
  CredentialsPlan credentials = plan_credentials(desired, &live, context.secrets_put);
  plan_live_jobs(desired, live, credentials, plan);
  for (Change& step : credentials.changes) plan.changes.push_back(std::move(step));
}

/// Everything that says of itself to be this application.
std::vector<const LiveApplication*> claimants(const Findings& findings) {
  std::vector<const LiveApplication*> found;
  found.reserve(findings.owned.size() + 1);
  for (const LiveApplication& owned : findings.owned) found.push_back(&owned);
  const bool known =
      findings.claimed &&
      std::any_of(found.begin(), found.end(), [&findings](const LiveApplication* owned) {
        return owned->reference.service_principal_id ==
               findings.claimed->reference.service_principal_id;
      });
  if (findings.claimed && !known) found.push_back(&*findings.claimed);
  return found;
}

void plan_findings(const DesiredApplication& desired, const Findings& findings,
                   const PlanContext& context, ApplicationPlan& plan) {
  if (findings.unreadable) {
    plan.exists = true;
    plan.readable = false;
    plan.unreadable = findings.unreadable;
    plan.changes.push_back(refused(draft_update(desired, "what there is to do is not known"),
                                   refusals::unreadable(*findings.unreadable)));
    return;
  }
  const std::vector<const LiveApplication*> found = claimants(findings);
  plan.exists = !found.empty();
  if (found.empty()) {
    plan_creation(desired, findings, context, plan);
  } else if (found.size() == 1) {
    plan_existing(desired, *found.front(), findings.owned.empty(), findings, context, plan);
  } else {
    std::vector<LiveReference> references;
    references.reserve(found.size());
    for (const LiveApplication* claimant : found) references.push_back(claimant->reference);
    plan.changes.push_back(refused(draft_update(desired, "the live application cannot be told"),
                                   refusals::several_owned(references)));
  }
}

}  // namespace

PlanContext plan_context(const Desired& desired) {
  return {Owner{desired.project, desired.environment}, desired.guards.secrets_put, false, {}};
}

ApplicationPlan plan_application(const DesiredApplication& desired, const Findings& findings,
                                 const PlanContext& context) {
  ApplicationPlan plan;
  plan.application = desired.name;
  plan_findings(desired, findings, context, plan);
  chain(plan.changes);
  return plan;
}

}  // namespace syncwright
