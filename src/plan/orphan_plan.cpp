#include "plan/orphan_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "plan/draft.h"
#include "plan/refusals.h"
#include "syncwright/plan/basis.h"

namespace syncwright::plan {

namespace {

/// The orphans that this plan renames, or that a later one may.
struct Renames {
  std::set<std::string> service_principals;  ///< taken over
  std::set<std::string> names;               ///< earlier names of applications that are not there
};

Renames renames_of(const model::Desired& desired, const std::vector<ApplicationPlan>& parts) {
  Renames renames;
  for (const ApplicationPlan& part : parts) {
    bool adopts = false;
    for (const Change& change : part.changes) {
      if (change.type != ChangeType::application_adopt) continue;
      adopts = true;
      renames.service_principals.insert(change.target()->id);
    }
    const model::DesiredApplication* application = desired.find(part.application);
    if (application == nullptr || (part.exists && !adopts)) continue;
    renames.names.insert(application->previously.begin(), application->previously.end());
  }
  return renames;
}

Change deletion_of(const model::Orphan& orphan, const PlanContext& context) {
  const model::LiveReference& reference = orphan.reference;
  Change change(ChangeType::application_delete);
  change.application = orphan.application;
  change.reason =
      orphan.tags.empty() && reference.display_name.starts_with(context.owner.pending_prefix())
          ? "an earlier run began to create it and did not need it"
          : "no manifest names it any more";
  change.payload =
      TargetPayload{reference.service_principal_id.empty() ? reference.application_id
                                                           : reference.service_principal_id};
  change.fields = deletion_fields(reference, orphan.tags);
  change.basis = basis_of(change.fields);
  const auto foreign = model::foreign_owner_tag(orphan.tags, context.owner.tag());
  if (!context.own_app_id.empty() && reference.app_id == context.own_app_id) {
    return refuse(std::move(change), refusals::own_identity(orphan.application));
  }
  if (foreign) return refuse(std::move(change), refusals::foreign_orphan(orphan, *foreign));
  const bool is_protected =
      std::find(orphan.tags.begin(), orphan.tags.end(), model::kProtectedTag) != orphan.tags.end();
  return is_protected ? refuse(std::move(change), refusals::protected_orphan(orphan)) : change;
}

std::vector<model::Orphan> sort_orphans(std::vector<model::Orphan> orphans) {
  std::sort(orphans.begin(), orphans.end(),
            [](const model::Orphan& left, const model::Orphan& right) {
              return std::tie(left.application, left.reference.service_principal_id,
                              left.reference.application_id) <
                     std::tie(right.application, right.reference.service_principal_id,
                              right.reference.application_id);
            });
  return orphans;
}

}  // namespace

OrphanPlan plan_orphans(const std::vector<model::Orphan>& orphans, const model::Desired& desired,
                        const std::vector<ApplicationPlan>& parts, const PlanContext& context,
                        bool prunes) {
  const Renames renames = renames_of(desired, parts);
  OrphanPlan plan;
  std::set<std::string> names_told;
  std::multiset<std::string> names;
  for (const model::Orphan& orphan : orphans) names.insert(orphan.application);
  for (const model::Orphan& orphan : sort_orphans(orphans)) {
    const model::LiveReference& reference = orphan.reference;
    if (renames.service_principals.contains(reference.service_principal_id)) continue;
    const bool nameless = !model::is_manifest_name(orphan.application);
    if (!prunes || nameless || renames.names.contains(orphan.application)) {
      plan.left.push_back(
          {orphan.application, reference.service_principal_id, reference.display_name});
      continue;
    }
    Change change = deletion_of(orphan, context);
    // Several under one name: the first has the short id, and each says which it is.
    const std::string& target = change.target()->id;
    change.is_namesake = !names_told.insert(orphan.application).second;
    if (names.count(orphan.application) > 1) {
      change.reason = fmt::format("{} ({})", change.reason, target);
    }
    plan.deletions.push_back(std::move(change));
  }
  return plan;
}

}  // namespace syncwright::plan
