#include "plan/refusals.h"

#include <fmt/format.h>

#include "plan/candidates.h"
#include "plan/draft.h"

namespace syncwright::plan::refusals {

namespace {

/// The way out where the other owner is this project under the name that it had before; empty where
/// it cannot be.
std::string rename_advice(const std::string& owner_tag, const model::Owner& owner) {
  const std::size_t start = owner_tag.find(':') + 1;
  const std::string project = owner_tag.substr(start, owner_tag.find('/', start) - start);
  const bool may_be = model::is_manifest_name(project) && project != owner.project &&
                      model::Owner{project, owner.environment}.tag() == owner_tag;
  if (!may_be) return {};
  return fmt::format(
      "; if that is this project before it was called `{}`, write "
      "`metadata.previously: [{}]` in syncwright.yaml",
      owner.project, project);
}

}  // namespace

Refusal unknown_gallery(const model::DesiredApplication& desired, const std::string& near) {
  return {Code::SW5001,
          fmt::format("the gallery has no application `{}`", desired.gallery),
          (near.empty() ? std::string() : fmt::format("did you mean `{}`? ", near)) +
              "`syncwright catalog WORD` searches the gallery; `gallery` takes a display name or "
              "an id",
          {}};
}

Refusal unknown_gallery_of(const model::DesiredApplication& desired,
                           const model::LiveApplication& live) {
  return {Code::SW5001,
          fmt::format("the gallery has no application `{}`, so that it cannot be held against the "
                      "template that the live application was made from",
                      desired.gallery),
          "if the gallery renamed it, write the live template's id as `gallery`",
          {live.application_template_id}};
}

Refusal ambiguous_gallery(const model::DesiredApplication& desired,
                          const std::vector<model::GalleryTemplate>& gallery) {
  std::vector<std::string> candidates =
      list_candidates(gallery, [](const model::GalleryTemplate& candidate) {
        return candidate.publisher.empty()
                   ? candidate.id
                   : fmt::format("{}  by {}", candidate.id, candidate.publisher);
      });
  return {Code::SW5002,
          fmt::format("the gallery has {} applications `{}`", gallery.size(), desired.gallery),
          "write the id of the one you mean as `gallery`", std::move(candidates)};
}

Refusal changed_gallery(const model::DesiredApplication& desired,
                        const model::LiveApplication& live) {
  return {
      Code::SW5006,
      live.application_template_id.empty()
          ? fmt::format("the live application was made from no gallery template, so that it is "
                        "not `{}`",
                        desired.gallery)
          : fmt::format("the live application was made from template {}, which is not `{}`; a "
                        "template cannot be changed",
                        live.application_template_id, desired.gallery),
      "write the live application's own `gallery`, or describe the new application under another "
      "name",
      live.application_template_id.empty()
          ? std::vector<std::string>{}
          : std::vector<std::string>{live.application_template_id}};
}

Refusal unsupported_gallery(const model::GalleryTemplate& gallery) {
  return {Code::SW5016,
          fmt::format("the gallery application `{}` does not support provisioning",
                      gallery.display_name),
          "choose one that does: `syncwright catalog WORD` tells",
          {}};
}

Refusal foreign_owner(const model::DesiredApplication& desired,
                      const model::LiveApplication& neighbour, const std::string& owner_tag,
                      const model::Owner& owner) {
  std::string rename = rename_advice(owner_tag, owner);
  const auto name = model::tag_value(neighbour.tags, model::kApplicationTag);
  if (!rename.empty() && name && *name != desired.name) {
    rename += fmt::format(", and `lifecycle: {{previously: [{}]}}` here", *name);
  }
  return {
      Code::SW5003,
      fmt::format("an application of this template and display name belongs to `{}`", owner_tag),
      "choose another `displayName`, or let the other project give the application up" + rename,
      {name_and_id(neighbour.reference)}};
}

Refusal owned_elsewhere(const model::LiveApplication& live, const std::string& owner_tag,
                        const model::Owner& owner) {
  return {Code::SW5003,
          fmt::format("the live application belongs to `{}`", owner_tag),
          fmt::format("let the other project give it up by removing the tag `{}`, or describe this "
                      "application under another name",
                      owner_tag) +
              rename_advice(owner_tag, owner),
          {name_and_id(live.reference)}};
}

Refusal unmanaged_neighbours(const std::vector<model::LiveApplication>& unmanaged, bool by_name) {
  const bool one = unmanaged.size() == 1;
  const std::string take =
      by_name ? "write `lifecycle: {adopt: by-name}` or its id to take it over"
              : fmt::format("write {} to take {} over", kAdoptById, one ? "it" : "one of them");
  return {Code::SW5004,
          fmt::format("the tenant has {} of this template and display name that no project owns",
                      one ? "an application" : fmt::format("{} applications", unmanaged.size())),
          fmt::format("{}, `{{adopt: never}}` to create {}, or choose another `displayName`", take,
                      by_name ? "a second one" : "one more"),
          list_candidates(unmanaged)};
}

Refusal several_owned(const std::vector<model::LiveReference>& owned) {
  std::vector<std::string> candidates = list_candidates(owned, name_and_id);
  return {Code::SW5005, fmt::format("{} applications claim to be this one", owned.size()),
          "remove the `syncwright:` and `syncwright-app:` tags from all but one",
          std::move(candidates)};
}

Refusal exchanged(const model::LiveReference& tagged, const model::LiveReference& named) {
  return {Code::SW5005,
          "one application has its tags, and another its unique name",
          "a unique name stays for good, so put the `syncwright-app:` tags of both right",
          {name_and_id(tagged) + ": by its tags", name_and_id(named) + ": by its unique name"}};
}

Refusal ambiguous_job(const model::DesiredJob& job, std::vector<std::string> candidates) {
  return {Code::SW5007, fmt::format("which live job `{}` means cannot be told", job.key),
          fmt::format("name it: `jobs: {{{}: {{id: ID}}}}`", job.key), std::move(candidates)};
}

Refusal unknown_job(const model::DesiredJob& job, const std::vector<model::LiveJob>& jobs) {
  std::vector<std::string> candidates =
      list_candidates(jobs, [](const model::LiveJob& live) { return live.id; });
  return {Code::SW5007, fmt::format("no live job has the id `{}`", *job.job_id),
          "name one of the live jobs, or leave `id` out to have one job of the template created",
          std::move(candidates)};
}

Refusal shared_job(const std::string& job_id, const std::vector<std::string>& keys,
                   const std::vector<model::LiveJob>& jobs) {
  return {Code::SW5007,
          fmt::format("the jobs {} all mean one live job", enumerate(keys)),
          jobs.size() < keys.size()
              ? "describe it once: a second job of its template is not made beside it"
              : "describe it once, or tell them apart with `id`",
          {job_id}};
}

Refusal unknown_template(const std::string& wanted, const std::vector<std::string>& template_ids) {
  return {Code::SW5008,
          fmt::format("the application offers no synchronization template `{}`", wanted),
          "a job's key is the id of its template, unless `template` names it", template_ids};
}

Refusal shared_template(const std::string& template_id, const std::vector<std::string>& keys) {
  return {Code::SW5007,
          fmt::format("the jobs {} all come from the synchronization template {}", enumerate(keys),
                      template_id),
          "describe it once: one job is made of a template",
          {template_id}};
}

Refusal unreferenced_secrets(const std::vector<std::string>& keys) {
  return {Code::SW5012,
          fmt::format("credentials are saved as a whole, and the manifest has no reference for {}",
                      enumerate(keys)),
          "add a reference for each under `credentials.values`, or leave them to the tenant with "
          "`guards: {secretsPut: merge}` in syncwright.yaml",
          keys};
}

Refusal unread_schema() {
  return {Code::SW5019, "the schema of the live job was not read", "plan again", {}};
}

Refusal unreadable(const Error& error) {
  return {Code::SW5019,
          fmt::format("the live state could not be read: {}", describe(error)),
          error.advice.empty() ? "plan again; nothing is planned for this application until then"
                               : error.advice,
          {}};
}

}  // namespace syncwright::plan::refusals
