#include <fmt/format.h>

#include <algorithm>

#include "plan/draft.h"
#include "plan/planner.h"
#include "plan/refusals.h"
#include "syncwright/plan/basis.h"
#include "syncwright/plan/risk.h"

namespace syncwright::plan {

namespace {

constexpr std::string_view kCredentialsPrefix = "credentials.";

bool is_credential(const schema::FieldChange& field) {
  return field.path.text().starts_with(kCredentialsPrefix);
}

/// One sentence out of what differs: missing keys, the revision, then the settings by name.
std::string reason_of(const SecretsTarget& target, bool exists) {
  std::vector<std::string> missing;
  std::vector<std::string> different;
  std::string revision;
  for (const schema::FieldChange& field : target.fields) {
    const std::string name = is_credential(field)
                                 ? field.path.text().substr(kCredentialsPrefix.size())
                                 : field.path.text();
    if (field.path == "credentials.revision") {
      revision = field.before.is_null()
                     ? fmt::format("revision {} has not been saved", field.after.unpack().dump())
                     : fmt::format("the revision went from {} to {}", field.before.unpack().dump(),
                                   field.after.unpack().dump());
    } else if (is_credential(field) && field.before.is_null()) {
      missing.push_back(name);
    } else if (!field.before.unpack().is_object()) {
      different.push_back(name);
    }
  }
  if (!exists) return "a new application has no settings";
  std::vector<std::string> reasons;
  if (!revision.empty()) reasons.push_back(revision);
  if (!missing.empty() && revision.empty()) {
    reasons.push_back(
        fmt::format("{} {} not set", enumerate(missing), missing.size() == 1 ? "is" : "are"));
  }
  if (!different.empty()) {
    reasons.push_back(
        fmt::format("{} {}", enumerate(different), different.size() == 1 ? "differs" : "differ"));
  }
  return reasons.empty() ? "the credentials are saved again"
                         : fmt::format("{}", fmt::join(reasons, "; "));
}

/// The manifest line of the first thing that differs.
const SourceRange& origin_of(const model::DesiredApplication& desired,
                             const SecretsTarget& target) {
  const std::string& path = target.fields.front().path;
  if (path == "scope") return place(desired.scope_where, desired.where);
  if (path.starts_with("notifications.")) {
    return place(desired.notifications->where, desired.where);
  }
  if (path.starts_with("deletions.")) return place(desired.deletions->where, desired.where);
  return place(desired.credentials->where, desired.where);
}

/// Credentials are tried through a job: of the manifest, or any that is there.
bool has_job(const model::DesiredApplication& desired, const model::LiveApplication* live) {
  if (live != nullptr && !live->jobs.empty()) return true;
  return std::any_of(desired.jobs.begin(), desired.jobs.end(),
                     [](const model::DesiredJob& job) { return !job.absent; });
}

bool may_have_provisioned(const model::LiveApplication& live) {
  return std::any_of(live.jobs.begin(), live.jobs.end(),
                     [](const model::LiveJob& job) { return job.may_have_provisioned(); });
}

/// An absent SyncAll counts as `assigned`: that is no difference, and is sent all the same.
void add_scope(const model::DesiredApplication& desired, std::vector<schema::FieldChange>& fields) {
  const bool is_there =
      std::any_of(fields.begin(), fields.end(),
                  [](const schema::FieldChange& field) { return field.path == "scope"; });
  if (desired.scope && !is_there) fields.push_back({"scope", nullptr, to_string(*desired.scope)});
}

Change draft_save(const model::DesiredApplication& desired, const model::LiveApplication* live,
                  const SecretsTarget& target) {
  Change save = draft(ChangeType::credentials_save, desired, nullptr,
                      reason_of(target, live != nullptr), origin_of(desired, target));
  save.fields = target.fields;
  std::vector<SentKey> sends = target.sends;
  if (live == nullptr) {
    for (schema::FieldChange& field : save.fields) field.before = nullptr;
    add_scope(desired, save.fields);
    for (SentKey& sent : sends) sent.how = SentKey::How::changed;
    save.payload = SentKeysPayload{std::move(sends)};
    return save;
  }
  save.payload = SentKeysPayload{std::move(sends)};
  save.basis = basis_of(save.fields);
  if (may_have_provisioned(*live)) save.risks = risks_of(save);
  if (!target.unreferenced.empty()) {
    return refuse(std::move(save), refusals::unreferenced_secrets(target.unreferenced));
  }
  return save;
}

}  // namespace

CredentialsPlan plan_credentials(const model::DesiredApplication& desired,
                                 const model::LiveApplication* live, model::SecretsPut mode) {
  static const std::vector<model::LiveSecret> no_secrets;
  static const std::vector<std::string> no_tags;
  CredentialsPlan plan;
  plan.target = live == nullptr ? secrets_target(desired, no_secrets, no_tags, mode)
                                : secrets_target(desired, live->secrets, live->tags, mode);
  if (!plan.target.differs) return plan;
  Change save = draft_save(desired, live, plan.target);
  const bool validates =
      desired.credentials && desired.credentials->validate && !desired.credentials->values.empty();
  if (validates && !has_job(desired, live)) {
    save.reason = fmt::format("{}; there is no job to try the credentials through", save.reason);
  } else if (validates && !plan.target.kept.empty()) {
    // Graph tries what is saved or what it is sent, never the two together.
    save.reason =
        fmt::format("{}; not tried on the target system first, since {} {} as live", save.reason,
                    enumerate(plan.target.kept), plan.target.kept.size() == 1 ? "stays" : "stay");
  } else if (validates && save.status == ChangeStatus::planned) {
    plan.changes.push_back(draft(ChangeType::credentials_validate, desired, nullptr,
                                 "credentials are tried on the target system before they are saved",
                                 desired.credentials->where));
  }
  plan.changes.push_back(std::move(save));
  return plan;
}

}  // namespace syncwright::plan
