#include "syncwright/model/ownership.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace syncwright {
namespace {

constexpr std::string_view owner_tag_prefix = "syncwright:";

std::string_view spelled(const std::string& environment) {
  return environment.empty() ? std::string_view("-") : std::string_view(environment);
}

/// "syncwright/PROJECT/ENVIRONMENT/NAME" of a unique name that may go on with "/after-ID".
std::string_view without_after(std::string_view unique_name) {
  std::size_t end = 0;
  for (int segment = 0; segment < 4; ++segment) {
    end = unique_name.find('/', segment == 0 ? 0 : end + 1);
    if (end == std::string_view::npos) return unique_name;
  }
  return unique_name.substr(0, end);
}

}  // namespace

std::string Owner::tag() const {
  return fmt::format("{}{}/{}", owner_tag_prefix, project, spelled(environment));
}

std::string Owner::pending_prefix() const {
  return tag() + "/";
}

std::string Owner::pending_display_name(std::string_view application) const {
  return fmt::format("{}{}", pending_prefix(), application);
}

std::string Owner::unique_name(std::string_view application) const {
  return fmt::format("syncwright/{}/{}/{}", project, spelled(environment), application);
}

std::string Owner::unique_name_after(std::string_view held_name, std::string_view holder_id) const {
  return fmt::format("{}/after-{}", without_after(held_name), holder_id);
}

bool Owner::marks(const std::vector<std::string>& tags, std::string_view application) const {
  return std::find(tags.begin(), tags.end(), tag()) != tags.end() &&
         tag_value(tags, kApplicationTag) == application;
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

}  // namespace syncwright
