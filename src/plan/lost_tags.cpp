#include "plan/lost_tags.h"

#include <algorithm>
#include <string>

#include "syncwright/model/job_match.h"

namespace syncwright::plan {

namespace {

/// One PATCH gives a service principal its real name and its tags, so that one with a pending name
/// never had the tags.
bool is_pending_creation(const model::LiveApplication& live, const model::Owner& owner) {
  return owner.is_pending(live.reference.display_name);
}

bool has_other_tags_of_ours(const model::LiveApplication& live) {
  return std::any_of(live.tags.begin(), live.tags.end(),
                     [](const std::string& tag) { return tag.starts_with("syncwright"); });
}

bool is_held_without_tags(const Change& change) {
  return change.refusal && change.refusal->code == Code::SW5031;
}

/// What the removed tags may have said, as tags.
std::vector<std::string> tags_in_doubt(const model::DesiredApplication& desired,
                                       const model::LiveApplication& live,
                                       const std::vector<Change>& changes) {
  std::vector<std::string> tags;
  if (!desired.protect) tags.emplace_back(model::kProtectedTag);
  if (std::any_of(changes.begin(), changes.end(), is_held_without_tags)) {
    tags.push_back(model::hold_tag(model::kLostTagsHold));
  }
  for (const model::DesiredJob& job : desired.jobs) {
    const model::LiveJob* found =
        model::match_job(job, desired.jobs, live.jobs, live.template_ids).job;
    if (found == nullptr || job.absent || model::awaits_restart(live.tags, found->id)) continue;
    if (may_await_restart(desired, *found)) tags.push_back(model::pending_restart_tag(found->id));
  }
  return tags;
}

}  // namespace

bool has_lost_tags(const model::DesiredApplication& desired, const model::LiveApplication& live,
                   const model::Owner& owner) {
  if (is_pending_creation(live, owner)) return false;
  const bool created_here = desired.adopt.mode == model::Adopt::Mode::refuse ||
                            desired.adopt.mode == model::Adopt::Mode::never;
  return has_other_tags_of_ours(live) || (created_here && !live.jobs.empty());
}

OwnershipTags ownership_of_claimed(const model::LiveApplication& live, const model::Owner& owner) {
  const bool stood_before = has_other_tags_of_ours(live) || !live.jobs.empty();
  return stood_before && !is_pending_creation(live, owner) ? OwnershipTags::lost
                                                           : OwnershipTags::present;
}

bool may_await_restart(const model::DesiredApplication& desired, const model::LiveJob& live) {
  return desired.scope == model::Scope::assigned &&
         (live.is_started() || live.may_have_provisioned());
}

void restore_lost_tags(const model::DesiredApplication& desired, const model::LiveApplication& live,
                       const model::Owner& owner, const std::vector<Change>& changes,
                       std::vector<schema::FieldChange>& fields) {
  if (ownership_of_claimed(live, owner) == OwnershipTags::present) return;
  for (schema::FieldChange& field : fields) {
    if (field.path != "tags") continue;
    Json tags = field.after;
    for (const std::string& tag : tags_in_doubt(desired, live, changes)) {
      const bool is_there = std::find(tags.begin(), tags.end(), Json(tag)) != tags.end();
      if (!is_there) tags.push_back(tag);
    }
    field.after = std::move(tags);
  }
}

}  // namespace syncwright::plan
