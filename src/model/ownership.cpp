#include "syncwright/model/ownership.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "syncwright/model/desired.h"

namespace syncwright::model {
namespace {

constexpr std::string_view owner_tag_prefix = "syncwright:";

std::string_view spelling(const std::string& environment) {
  return environment.empty() ? std::string_view("-") : std::string_view(environment);
}

}  // namespace

std::string Owner::tag() const {
  return fmt::format("{}{}/{}", owner_tag_prefix, project, spelling(environment));
}

std::string Owner::pending_prefix() const {
  return tag() + "/";
}

std::string Owner::pending_display_name(std::string_view application) const {
  return fmt::format("{}{}", pending_prefix(), application);
}

std::string Owner::unique_name(std::string_view application) const {
  return fmt::format("syncwright/{}/{}/{}", project, spelling(environment), application);
}

bool Owner::marks(const std::vector<std::string>& tags, std::string_view application) const {
  return std::find(tags.begin(), tags.end(), tag()) != tags.end() &&
         tag_value(tags, kApplicationTag) == application;
}

std::vector<Owner> Owner::predecessors() const {
  std::vector<Owner> owners;
  owners.reserve(earlier.size());
  for (const std::string& name : earlier) owners.push_back({name, environment, {}});
  return owners;
}

std::optional<Owner> Owner::predecessor_in(const std::vector<std::string>& tags) const {
  for (Owner& owner : predecessors()) {
    if (std::find(tags.begin(), tags.end(), owner.tag()) != tags.end()) return std::move(owner);
  }
  return std::nullopt;
}

bool Owner::owns(const std::vector<std::string>& tags) const {
  return std::find(tags.begin(), tags.end(), tag()) != tags.end() || predecessor_in(tags);
}

std::optional<std::string> Owner::foreign_tag(const std::vector<std::string>& tags) const {
  const std::vector<Owner> earlier_owners = predecessors();
  for (const std::string& each : tags) {
    if (!each.starts_with(owner_tag_prefix) || each == tag()) continue;
    const bool was_ours = std::any_of(earlier_owners.begin(), earlier_owners.end(),
                                      [&each](const Owner& owner) { return owner.tag() == each; });
    if (!was_ours) return each;
  }
  return std::nullopt;
}

bool Owner::is_pending(std::string_view display_name) const {
  if (display_name.starts_with(pending_prefix())) return true;
  const std::vector<Owner> owners = predecessors();
  return std::any_of(owners.begin(), owners.end(), [display_name](const Owner& owner) {
    return display_name.starts_with(owner.pending_prefix());
  });
}

Owner owner_of(const Desired& desired) {
  return {desired.project, desired.environment, desired.previously};
}

bool names_no_other(const DesiredApplication& desired, const Owner& owner,
                    const std::vector<std::string>& tags) {
  if (owner.foreign_tag(tags)) return false;
  const auto name = tag_value(tags, kApplicationTag);
  return !name || *name == desired.name ||
         std::find(desired.previously.begin(), desired.previously.end(), *name) !=
             desired.previously.end();
}

std::string application_tag(std::string_view application) {
  return fmt::format("{}{}", kApplicationTag, application);
}

std::string credentials_tag(std::string_view revision) {
  return fmt::format("{}{}", kCredentialsTag, revision);
}

std::string hold_tag(std::string_view reason) {
  return fmt::format("{}:{}", kHoldTag, reason);
}

std::string pending_restart_tag(std::string_view job_id) {
  return fmt::format("{}:{}", kPendingRestartTag, job_id);
}

bool awaits_restart(const std::vector<std::string>& tags, std::string_view job_id) {
  const std::string own = pending_restart_tag(job_id);
  return std::any_of(tags.begin(), tags.end(), [&own](const std::string& tag) {
    return tag == kPendingRestartTag || tag == own;
  });
}

std::optional<std::string> tag_value(const std::vector<std::string>& tags,
                                     std::string_view prefix) {
  for (const std::string& tag : tags) {
    if (tag.starts_with(prefix)) return tag.substr(prefix.size());
  }
  return std::nullopt;
}

std::optional<std::string> hold_reason(const std::vector<std::string>& tags) {
  auto reason = tag_value(tags, kHoldTag);
  if (reason && reason->starts_with(':')) reason->erase(0, 1);
  return reason;
}

std::optional<std::string> foreign_owner_tag(const std::vector<std::string>& tags,
                                             std::string_view own_tag) {
  for (const std::string& tag : tags) {
    if (tag.starts_with(owner_tag_prefix) && tag != own_tag) return tag;
  }
  return std::nullopt;
}

std::vector<std::string> apply_edit(std::vector<std::string> tags, const TagEdit& edit) {
  std::erase_if(tags, [&edit](const std::string& tag) {
    return std::any_of(edit.remove_prefixes.begin(), edit.remove_prefixes.end(),
                       [&tag](const std::string& prefix) { return tag.starts_with(prefix); });
  });
  for (const std::string& tag : edit.add) {
    if (std::find(tags.begin(), tags.end(), tag) == tags.end()) tags.push_back(tag);
  }
  return tags;
}

TagEdit after_restart(const std::vector<std::string>& tags,
                      const std::vector<std::string>& others) {
  TagEdit edit{{}, {std::string(kPendingRestartTag)}};
  for (const std::string& id : others) {
    if (awaits_restart(tags, id)) edit.add.push_back(pending_restart_tag(id));
  }
  return edit;
}

}  // namespace syncwright::model
