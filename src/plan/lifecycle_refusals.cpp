#include <fmt/format.h>

#include "plan/candidates.h"
#include "plan/draft.h"
#include "plan/refusals.h"

namespace syncwright::plan::refusals {

Refusal deletion_quarantine(const model::DesiredApplication& desired,
                            const model::DesiredJob& job) {
  const std::string restart = restart_command(desired, job);
  return {Code::SW5014,
          "the job stopped before deleting more objects than its threshold allows, and a plan does "
          "not decide about that",
          fmt::format("see `syncwright logs --app {}`; then `{} --accept-deletes N` lets them be "
                      "deleted, `{} --reject-deletes` goes on without, once they are back in scope",
                      desired.name, restart, restart),
          {}};
}

Refusal job_on_hold(const model::DesiredApplication& desired, const std::string& reason) {
  return {Code::SW5014,
          reason.empty() ? "an operator holds the application's jobs"
                         : fmt::format("an operator holds the application's jobs: {}", reason),
          fmt::format("`syncwright job start --app {} --release` lets go of it", desired.name),
          {}};
}

Refusal job_without_tags(const model::DesiredApplication& desired, const model::DesiredJob& job) {
  return {Code::SW5031,
          "the application's ownership tags were removed, so that nobody knows whether the job was "
          "on hold",
          fmt::format("`syncwright job start --app {}{} --release` starts it", desired.name,
                      job.key == "default" ? "" : " --job " + job.key),
          {}};
}

Refusal expired_quarantine(const model::DesiredApplication& desired, const model::DesiredJob& job) {
  return {Code::SW5015,
          "the job is stopped and in quarantine: it is disabled after 28 days, and a plan does not "
          "start it again",
          fmt::format("mend the cause, then `{}`", restart_command(desired, job)),
          {}};
}

Refusal protected_orphan(const model::Orphan& orphan) {
  return {
      Code::SW5027,
      "the application is protected, and no manifest takes that back",
      fmt::format("put the manifest of `{}` back with `lifecycle: {{protect: false}}`, apply it, "
                  "then take it away again",
                  orphan.application),
      {name_and_id(orphan.reference)}};
}

Refusal foreign_orphan(const model::Orphan& orphan, const std::string& owner_tag) {
  return {Code::SW5003,
          fmt::format("the application belongs to `{}` as well", owner_tag),
          fmt::format("remove the tag `{}` to delete it from here, or this project's tags to leave "
                      "it to the other",
                      owner_tag),
          {name_and_id(orphan.reference)}};
}

Refusal own_identity(const std::string& application) {
  return {Code::SW5023,
          fmt::format("`{}` is the application that syncwright itself runs as: it is never taken "
                      "over, changed or deleted",
                      application),
          "sign in as another application, or leave this one out of the manifests",
          {}};
}

Refusal nothing_to_adopt(const model::DesiredApplication& desired,
                         const std::vector<model::LiveApplication>& unmanaged) {
  const bool by_app_id = desired.adopt.mode == model::Adopt::Mode::app_id;
  return {Code::SW5020,
          fmt::format("the tenant has no service principal with the {} {}",
                      by_app_id ? "appId" : "id", *desired.adopt.id),
          std::string("`adopt` takes the object id of a service principal (enterprise application) "
                      "or `{appId: ...}`") +
              (unmanaged.empty() ? "; leave it out to have the application created"
                                 : "; `{adopt: never}` creates one beside those of this template "
                                   "and display name"),
          list_candidates(unmanaged)};
}

Refusal several_to_adopt(const std::vector<model::LiveApplication>& unmanaged) {
  return {
      Code::SW5004,
      unmanaged.size() == 1
          ? "one application of this template and display name could be taken over, and another "
            "one is this project's own"
          : fmt::format("{} applications of this template and display name could be taken over",
                        unmanaged.size()),
      fmt::format("write the id of the one you mean: {}", kAdoptById), list_candidates(unmanaged)};
}

Refusal adopted_already(const model::LiveApplication& owned, const std::string& named_id) {
  return {
      Code::SW5005,
      "`adopt` names one application, and another one carries the tags of this one already",
      "take `adopt` out of the manifest, or remove the `syncwright:` and `syncwright-app:` tags "
      "from the one that is not meant",
      {name_and_id(owned.reference), named_id}};
}

Refusal another_application(const model::LiveApplication& live, const std::string& other) {
  return {Code::SW5021,
          fmt::format("the live application is `{}` of this project", other),
          fmt::format("for a rename, write `lifecycle: {{previously: [{}]}}` and take the manifest "
                      "of `{}` away; else remove the tag `syncwright-app:{}`",
                      other, other, other),
          {name_and_id(live.reference)}};
}

Refusal name_in_use(const model::LiveApplication& neighbour, const std::string& other) {
  return {Code::SW5021,
          fmt::format("the application of this template and display name is `{}` of this project",
                      other),
          fmt::format("for a rename, write `lifecycle: {{previously: [{}]}}` and take the manifest "
                      "of `{}` away; `{{adopt: never}}` creates a second one",
                      other, other),
          {name_and_id(neighbour.reference)}};
}

Refusal contested(const std::string& target_id, const std::vector<std::string>& others) {
  return {Code::SW5021,
          fmt::format("{} {} over the same application", enumerate(others),
                      others.size() == 1 ? "takes" : "take"),
          fmt::format("one application has one manifest: take the others away, or name other "
                      "applications with {}",
                      kAdoptById),
          {target_id}};
}

Refusal several_renamed(const std::vector<model::LiveReference>& renamed) {
  return {Code::SW5005,
          fmt::format("{} applications carry an earlier name of this one", renamed.size()),
          "leave in `previously` only the name of the one that is meant",
          list_candidates(renamed, name_and_id)};
}

Refusal name_kept_by(const model::DesiredApplication& desired, const model::LiveApplication& live,
                     const std::string& other) {
  return {Code::SW5021,
          fmt::format("`{}` was called `{}` before and keeps that unique name for good", other,
                      desired.name),
          "give this manifest another `metadata.name`; its `displayName` can stay as it is",
          {name_and_id(live.reference)}};
}

Refusal earlier_name_in_use(const std::string& earlier) {
  return {
      Code::SW5022,
      fmt::format("`previously` names `{}`, which still has a manifest of its own", earlier),
      fmt::format("a rename leaves one manifest: take `{}` away, or take it out of `previously`",
                  earlier),
      {}};
}

}  // namespace syncwright::plan::refusals
