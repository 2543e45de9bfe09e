#include "graph_read/tenant_lists.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <optional>
#include <set>
#include <utility>

#include "syncwright/core/text.h"
#include "syncwright/core/worker_pool.h"
#include "syncwright/model/gallery_choice.h"

namespace syncwright::graph_read {
namespace {

using Principals = std::vector<GraphReader::ServicePrincipal>;
using References = std::vector<model::LiveReference>;

bool carries(const GraphReader::ServicePrincipal& principal, const std::string& tag) {
  return std::find(principal.tags.begin(), principal.tags.end(), tag) != principal.tags.end();
}

std::string application_name(const GraphReader::ServicePrincipal& principal) {
  return model::tag_value(principal.tags, model::kApplicationTag).value_or("");
}

/// What this project owns, by the names in its tags.
struct Tagged {
  TenantLists::ByName named;      ///< as manifests are
  TenantLists::ByName elsewhere;  ///< otherwise
};

/// Applications under a pending name, or under one of the manifests'.
struct Applications {
  References pending;
  std::map<std::string, ListedPrincipal::Application> all;  ///< by appId
};

/// The answers as they came, each filled by one task.
struct Answers {
  Result<Tagged> tagged;
  std::vector<Result<Principals>> tagged_earlier;  ///< by predecessor
  Result<Principals> pending_principals;
  Result<Applications> applications;
  Result<std::vector<model::GalleryTemplate>> gallery;
  std::vector<Result<std::optional<model::GalleryTemplate>>> gallery_by_id;
};

std::optional<Error> first_error(const Answers& answers) {
  if (!answers.tagged) return within(answers.tagged.error(), "listing what this project owns");
  for (const auto& answer : answers.tagged_earlier) {
    if (!answer)
      return within(answer.error(), "listing what this project owned under another name");
  }
  if (!answers.pending_principals) {
    return within(answers.pending_principals.error(), "listing unclaimed service principals");
  }
  if (!answers.applications) {
    return within(answers.applications.error(), "listing unclaimed applications");
  }
  if (!answers.gallery) return within(answers.gallery.error(), "looking up gallery templates");
  for (const auto& answer : answers.gallery_by_id) {
    if (!answer) return within(answer.error(), "looking up a gallery template");
  }
  return std::nullopt;
}

Result<Tagged> list_tagged(GraphReader& reader, const model::Desired& desired,
                           const model::Owner& owner, const std::stop_token& stop) {
  Tagged tagged;
  const Result<void> listed = reader.for_each_service_principal_by_tag(
      owner.tag(),
      [&](const GraphReader::ServicePrincipal& principal) {
        if (!carries(principal, owner.tag())) return;
        std::string name = application_name(principal);
        auto& by_name = desired.find(name) == nullptr ? tagged.elsewhere : tagged.named;
        by_name[std::move(name)].emplace_back(principal);
      },
      stop);
  if (!listed) return fail(listed.error());
  return tagged;
}

/// A pending creation has the pending name still, and no unique name.
bool is_pending(const model::LiveReference& application, const std::string& prefix) {
  return application.display_name.starts_with(prefix) && application.unique_name.empty();
}

Result<Applications> list_applications(GraphReader& reader, const model::Desired& desired,
                                       const model::Owner& owner, std::size_t threads,
                                       const std::stop_token& stop) {
  const std::string prefix = owner.pending_prefix();
  std::vector<std::string> names;
  names.reserve(desired.applications.size());
  for (const model::DesiredApplication& application : desired.applications)
    names.push_back(application.display_name);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  Applications applications;
  const Result<void> listed = reader.for_each_application_by_prefix_or_names(
      prefix, names, threads,
      [&](model::LiveReference application) {
        applications.all[application.app_id] = ListedPrincipal::packed_application(application);
        if (is_pending(application, prefix)) applications.pending.push_back(std::move(application));
      },
      stop);
  if (!listed) return fail(listed.error());
  return applications;
}

Answers ask(GraphReader& reader, const model::Desired& desired, std::size_t threads,
            const std::stop_token& stop) {
  const model::Owner owner = model::owner_of(desired);
  std::set<std::string> names;
  std::set<std::string> ids;
  for (const model::DesiredApplication& application : desired.applications)
    (is_guid(application.gallery.text()) ? ids : names).insert(application.gallery);
  Answers answers;
  answers.gallery_by_id.resize(ids.size());
  std::vector<std::function<void()>> tasks = {
      [&] { answers.tagged = list_tagged(reader, desired, owner, stop); },
      [&] {
        answers.pending_principals =
            reader.list_service_principals_by_prefix(owner.pending_prefix(), stop);
      },
      [&] { answers.applications = list_applications(reader, desired, owner, threads, stop); }};
  const std::vector<model::Owner> predecessors = owner.predecessors();
  answers.tagged_earlier.resize(predecessors.size());
  for (std::size_t at = 0; at < predecessors.size(); ++at) {
    tasks.emplace_back([&answers, &reader, &stop, tag = predecessors[at].tag(), at] {
      answers.tagged_earlier[at] = reader.list_service_principals_by_tag(tag, stop);
    });
  }
  if (!names.empty()) {
    tasks.emplace_back(
        [&] { answers.gallery = reader.gallery_by_names({names.begin(), names.end()}, stop); });
  }
  std::size_t index = 0;
  for (const std::string& id : ids) {
    tasks.emplace_back([&answers, &reader, &stop, &id, at = index++] {
      answers.gallery_by_id[at] = reader.gallery_by_id(id, stop);
    });
  }
  run_parallel(tasks.size(), threads, [&](std::size_t task) { tasks[task](); });
  return answers;
}

/// Applications under a pending name with their service principals; then the service principals
/// whose application has another name by now.
std::vector<PendingCreation> join_pending(const model::Owner& owner, const Answers& answers) {
  const std::string prefix = owner.pending_prefix();
  std::map<std::string, model::LiveReference> principals;
  for (const GraphReader::ServicePrincipal& principal : *answers.pending_principals) {
    if (!principal.reference.display_name.starts_with(prefix)) continue;
    if (carries(principal, owner.tag())) continue;
    principals[principal.reference.app_id] = principal.reference;
  }
  std::vector<PendingCreation> pending;
  for (const model::LiveReference& application : answers.applications->pending) {
    model::LiveReference reference = application;
    const auto principal = principals.find(reference.app_id);
    if (principal != principals.end()) {
      reference.service_principal_id = principal->second.service_principal_id;
      principals.erase(principal);
    }
    std::string name = reference.display_name.substr(prefix.size());
    pending.push_back({std::move(name), std::move(reference), true});
  }
  for (auto& [app_id, reference] : principals) {
    std::string name = reference.display_name.substr(prefix.size());
    pending.push_back({std::move(name), std::move(reference), false});
  }
  return pending;
}

/// Each service principal learns what is listed of its application. Of two with one application,
/// of which one is deleted, the second learns nothing: readers ask for what no list told.
void join_applications(std::map<std::string, ListedPrincipal::Application> applications,
                       Tagged& tagged) {
  for (TenantLists::ByName* by_name : {&tagged.named, &tagged.elsewhere}) {
    for (auto& [name, principals] : *by_name) {
      for (ListedPrincipal& principal : principals) {
        const auto found = applications.find(principal.unpack().reference.app_id);
        if (found != applications.end()) principal.join(std::move(found->second));
      }
    }
  }
}

/// A misspelt name is rarely so at its beginning: four letters of the first word.
std::string searchable_beginning(const std::string& name) {
  constexpr std::size_t least = 3;
  constexpr std::size_t most = 4;
  std::string letters;
  for (const char letter : name) {
    if (letters.size() == most) break;
    if (std::isalnum(static_cast<unsigned char>(letter)) != 0) {
      letters += letter;
    } else if (letters.size() >= least) {
      break;
    } else {
      letters.clear();
    }
  }
  return letters.size() >= least ? letters : std::string();
}

/// For "did you mean": a courtesy, so that few are looked for and no answer is no failure.
std::vector<std::string> search_near_galleries(GraphReader& reader, const model::Desired& desired,
                                               const std::vector<model::GalleryTemplate>& gallery,
                                               const std::stop_token& stop) {
  constexpr std::size_t most_searches = 5;
  std::set<std::string> beginnings;
  for (const model::DesiredApplication& application : desired.applications) {
    const std::string& name = application.gallery;
    if (is_guid(name) || !model::choose_gallery(name, gallery).candidates.empty()) continue;
    const std::string beginning = searchable_beginning(name);
    if (!beginning.empty() && beginnings.size() < most_searches) beginnings.insert(beginning);
  }
  std::vector<std::string> names;
  for (const std::string& beginning : beginnings) {
    const auto found = reader.search_gallery(beginning, stop);
    if (!found) continue;
    for (const model::GalleryTemplate& each : *found) names.push_back(each.display_name);
  }
  return names;
}

}  // namespace

Result<TenantLists> read_tenant_lists(GraphReader& reader, const model::Desired& desired,
                                      std::size_t threads, const std::stop_token& stop) {
  const model::Owner owner = model::owner_of(desired);
  Answers answers = ask(reader, desired, threads, stop);
  if (std::optional<Error> error = first_error(answers)) return fail(std::move(*error));

  TenantLists lists;
  lists.pending = join_pending(owner, answers);
  join_applications(std::move(answers.applications->all), *answers.tagged);
  lists.tagged = std::move(answers.tagged->named);
  lists.tagged_elsewhere = std::move(answers.tagged->elsewhere);
  const std::vector<model::Owner> predecessors = owner.predecessors();
  for (std::size_t at = 0; at < predecessors.size(); ++at) {
    for (const GraphReader::ServicePrincipal& principal : *answers.tagged_earlier[at]) {
      if (!carries(principal, predecessors[at].tag())) continue;
      lists.tagged_earlier[application_name(principal)].emplace_back(principal);
    }
  }
  lists.gallery = std::move(*answers.gallery);
  for (auto& entry : answers.gallery_by_id) {
    if (*entry) lists.gallery.push_back(std::move(**entry));
  }
  lists.near_galleries = search_near_galleries(reader, desired, lists.gallery, stop);
  return lists;
}

}  // namespace syncwright::graph_read
