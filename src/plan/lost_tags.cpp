#include "plan/lost_tags.h"

#include <algorithm>
#include <string>

#include "syncwright/model/job_match.h"

namespace syncwright {

namespace {

/// One PATCH gives a service principal its real name and its tags, so that one with a pending name
/// never had the tags.
bool is_pending_creation(const LiveApplication& live, const Owner& owner) {
  return owner.is_pending(live.reference.display_name);
}

bool has_other_tags_of_ours(const LiveApplication& live) {
  return std::any_of(live.tags.begin(), live.tags.end(),
                     [](const std::string& tag) { return tag.starts_with("syncwright"); });
}

bool is_held_without_tags(const Change& change) {
  return change.refusal && change.refusal->code == Code::SW5031;
}

/// What the removed tags may have said, as tags.
std::vector<std::string> tags_in_doubt(const DesiredApplication& desired,
                                       const LiveApplication& live,
                                       const std::vector<Change>& changes) {
  std::vector<std::string> tags;
  if (!desired.protect) tags.emplace_back(kProtectedTag);
  if (std::any_of(changes.begin(), changes.end(), is_held_without_tags)) {
    tags.push_back(hold_tag(kLostTagsHold));
  }
  for (const DesiredJob& job : desired.jobs) {
    const LiveJob* found = match_job(job, desired.jobs, live.jobs, live.template_ids).job;
    if (found == nullptr || job.absent || awaits_restart(live.tags, found->id)) continue;
    if (may_await_restart(desired, *found)) tags.push_back(pending_restart_tag(found->id));
  }
  return tags;
}

}  // namespace

bool has_lost_tags(const DesiredApplication& desired, const LiveApplication& live,
                   const Owner& owner) {
  if (is_pending_creation(live, owner)) return false;
  const bool created_here =
      desired.adopt.mode == Adopt::Mode::refuse || desired.adopt.mode == Adopt::Mode::never;
  return has_other_tags_of_ours(live) || (created_here && !live.jobs.empty());
}

OwnershipTags ownership_of_claimed(const LiveApplication& live, const Owner& owner) {
  const bool stood_before = has_other_tags_of_ours(live) || !live.jobs.empty();
  return stood_before && !is_pending_creation(live, owner) ? OwnershipTags::lost
                                                           : OwnershipTags::present;
}

bool may_await_restart(const DesiredApplication& desired, const LiveJob& live) {
  return desired.scope == Scope::assigned && (live.is_started() || live.may_have_provisioned());
}

void restore_lost_tags(const DesiredApplication& desired, const LiveApplication& live,
                       const Owner& owner, const std::vector<Change>& changes,
                       std::vector<FieldChange>& fields) {
  if (ownership_of_claimed(live, owner) == OwnershipTags::present) return;
  for (FieldChange& field : fields) {
    if (field.path != "tags") continue;
    for (const std::string& tag : tags_in_doubt(desired, live, changes)) {
      const bool is_there =
          std::find(field.after.begin(), field.after.end(), Json(tag)) != field.after.end();
      if (!is_there) field.after.push_back(tag);
    }
  }
}

}  // namespace syncwright
