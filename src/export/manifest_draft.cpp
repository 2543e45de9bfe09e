#include "export/manifest_draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "syncwright/model/application_members.h"
#include "syncwright/model/ownership.h"
#include "syncwright/model/secret_keys.h"
#include "syncwright/model/typed_settings.h"

namespace syncwright::exporting {
namespace {

/// appRoleId of default access (docs/graph.md#5.3).
constexpr std::string_view kDefaultAccess = "00000000-0000-0000-0000-000000000000";

std::ptrdiff_t count_named(const std::vector<model::LiveAppRole>& roles,
                           std::string model::LiveAppRole::* member, const std::string& text) {
  return std::count_if(roles.begin(), roles.end(),
                       [&](const model::LiveAppRole& role) { return role.*member == text; });
}

/// The shortest text that `role` of a member means this role by: value, display name, id, in the
/// order in which plan looks for it.
std::string text_of_role(const model::LiveAppRole& role,
                         const std::vector<model::LiveAppRole>& roles) {
  if (!role.value.empty() && count_named(roles, &model::LiveAppRole::value, role.value) == 1 &&
      count_named(roles, &model::LiveAppRole::id, role.value) == 0) {
    return role.value;
  }
  const std::string& name = role.display_name;
  const bool is_clear = !name.empty() && name != kDefaultAccess &&
                        count_named(roles, &model::LiveAppRole::id, name) == 0 &&
                        count_named(roles, &model::LiveAppRole::value, name) == 0 &&
                        count_named(roles, &model::LiveAppRole::display_name, name) == 1;
  return is_clear ? name : role.id;
}

/// Whether a member without `role` that has default access is left alone: there is one role called
/// User, or none at all for members of this type.
bool means_default_access(model::DesiredMember::Type type,
                          const std::vector<model::LiveAppRole>& roles) {
  const char* member_type =
      type == model::DesiredMember::Type::service_principal ? "Application" : "User";
  const bool has_roles =
      std::any_of(roles.begin(), roles.end(), [member_type](const model::LiveAppRole& role) {
        const auto& types = role.allowed_member_types;
        return role.enabled && std::find(types.begin(), types.end(), member_type) != types.end();
      });
  if (!has_roles) return true;
  const auto by_value = count_named(roles, &model::LiveAppRole::value, "User");
  return by_value == 1 ||
         (by_value == 0 && count_named(roles, &model::LiveAppRole::display_name, "User") == 1);
}

/// A member's entry; nullopt where its role is none of the application's any more.
std::optional<YamlOutput> yaml_of(const model::ExportedMember& member,
                                  const std::vector<model::LiveAppRole>& roles) {
  YamlOutput entry = yaml_line({{to_string(member.type), yaml_text(member.principal)}});
  if (member.app_role_id == kDefaultAccess) {
    if (!means_default_access(member.type, roles)) {
      entry.add("role", yaml_text(std::string(kDefaultAccess)));
    }
    return entry;
  }
  const auto role = std::find_if(
      roles.begin(), roles.end(),
      [&member](const model::LiveAppRole& each) { return each.id == member.app_role_id; });
  if (role == roles.end()) return std::nullopt;
  entry.add("role", yaml_text(text_of_role(*role, roles)));
  return entry;
}

void draft_assignments(const model::ExportedApplication& application, ManifestDraft& draft) {
  draft.assignments_remark = application.unread_members;
  YamlOutput members = yaml_sequence();
  std::set<std::string> seen;
  for (const model::ExportedMember& member : application.members) {
    auto entry = yaml_of(member, application.app_roles);
    if (!entry) {
      draft.assignments_remark = "some are assigned to a role that is not there any more";
    } else if (seen.insert(yaml_flow(*entry)).second) {
      members.items.push_back(std::move(*entry));
    }
  }
  if (members.items.empty()) return;
  draft.assignments.add("mode", yaml_text("additive"));
  draft.assignments.add("members", std::move(members));
}

/// A URL with a user, a query or a fragment: where people put passwords and tokens.
bool may_hold_secret(const std::string& value) {
  const std::size_t scheme = value.find("://");
  return scheme != std::string::npos && value.find_first_of("@?#", scheme) != std::string::npos;
}

void draft_credentials(const model::ExportedApplication& application, ManifestDraft& draft) {
  for (const model::LiveSecret& secret : application.secrets) {
    if (!model::typed_setting_of(secret.key).empty() || secret.value.empty()) continue;
    const bool is_clear = !secret.is_masked() && model::is_secret_key(secret.key) &&
                          !model::is_masked_secret_key(secret.key) &&
                          !may_hold_secret(secret.value);
    draft.credentials.push_back(
        {secret.key, is_clear ? std::optional(secret.value) : std::nullopt});
  }
}

YamlOutput notifications_of(const model::TypedSettings& live, ManifestDraft& draft) {
  YamlOutput notifications = yaml_line({});
  if (live.notifications_enabled) {
    notifications.add("enabled", yaml_boolean(*live.notifications_enabled));
  }
  const std::string recipients = live.recipients.value_or("");
  if (model::is_mail_address(recipients)) {
    notifications.add("recipient", yaml_text(recipients));
  } else if (!recipients.empty()) {
    draft.settings_remarks.emplace_back(
        "the recipient of notifications is not one mail address, and stays as it is");
  }
  return notifications;
}

YamlOutput deletions_of(const model::ExportedApplication& application,
                        const model::TypedSettings& live, ManifestDraft& draft) {
  YamlOutput deletions = yaml_line({});
  const model::LiveSecret* skip =
      model::find_secret(application.secrets, model::kSkipOutOfScopeKey);
  if (skip != nullptr && !skip->value.empty() && !live.skip_out_of_scope) {
    draft.settings_remarks.emplace_back(
        "whether deletions out of scope are skipped is neither true nor false, and stays as it is");
  }
  if (live.is_threshold_off) {
    draft.settings_remarks.emplace_back(
        "the deletion threshold is switched off, which stays so until a manifest sets one");
  }
  if (live.threshold && *live.threshold >= 1 && *live.threshold <= model::kMaxDeletionThreshold) {
    deletions.add("threshold", yaml_literal(std::to_string(*live.threshold)));
  } else if (live.threshold) {
    draft.settings_remarks.push_back(
        fmt::format("the deletion threshold is {}, which no manifest can say, and stays as it is",
                    *live.threshold));
  }
  if (live.skip_out_of_scope)
    deletions.add("skipOutOfScope", yaml_boolean(*live.skip_out_of_scope));
  return deletions;
}

/// What plan reads from the same secrets, as far as a manifest can say it.
void draft_settings(const model::ExportedApplication& application, ManifestDraft& draft) {
  const model::TypedSettings live = model::typed_settings(application.secrets);
  const bool is_set = model::find_secret(application.secrets, model::kSyncAllKey) != nullptr;
  if (is_set || !application.jobs.empty()) draft.scope = to_string(live.scope);
  YamlOutput notifications = notifications_of(live, draft);
  if (!notifications.entries.empty()) draft.settings.add("notifications", std::move(notifications));
  YamlOutput deletions = deletions_of(application, live, draft);
  if (!deletions.entries.empty()) draft.settings.add("deletions", std::move(deletions));
}

}  // namespace

ManifestDraft draft_manifest(const model::ExportedApplication& application,
                             const ExportOptions& options) {
  ManifestDraft draft;
  draft.service_principal_id = application.reference.service_principal_id;
  draft.display_name = application.reference.display_name;
  draft.name = application.name;
  draft.gallery_name = application.gallery_name;
  draft.gallery = application.gallery;
  model::for_each_application_text([&](const auto& row) {
    if constexpr (std::decay_t<decltype(row)>::is_optional) {
      const std::string& text = application.reference.*row.principal;
      if (!text.empty()) draft.texts.add(row.name, yaml_text(text));
    }
  });
  draft.protect = std::find(application.tags.begin(), application.tags.end(),
                            model::kProtectedTag) != application.tags.end();
  if (auto saved = model::tag_value(application.tags, model::kCredentialsTag))
    draft.revision = *saved;
  draft_assignments(application, draft);
  draft_credentials(application, draft);
  draft_settings(application, draft);
  draft.jobs = draft_jobs(application, options);
  return draft;
}

}  // namespace syncwright::exporting
