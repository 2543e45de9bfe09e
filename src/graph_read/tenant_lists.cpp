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

/// The answers as they came, each filled by one task.
struct Answers {
  Result<Principals> tagged;
  std::vector<Result<Principals>> tagged_earlier;  ///< by predecessor
  Result<Principals> pending_principals;
  Result<References> pending_applications;
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
  if (!answers.pending_applications) {
    return within(answers.pending_applications.error(), "listing unclaimed applications");
  }
  if (!answers.gallery) return within(answers.gallery.error(), "looking up gallery templates");
  for (const auto& answer : answers.gallery_by_id) {
    if (!answer) return within(answer.error(), "looking up a gallery template");
  }
  return std::nullopt;
}

Answers ask(GraphReader& reader, const model::Desired& desired, std::size_t threads,
            const std::stop_token& stop) {
  const model::Owner owner = model::owner_of(desired);
  std::set<std::string> names;
  std::set<std::string> ids;
  std::set<std::string> display_names;
  for (const model::DesiredApplication& application : desired.applications) {
    (is_guid(application.gallery) ? ids : names).insert(application.gallery);
    display_names.insert(application.display_name);
  }
  Answers answers;
  answers.gallery_by_id.resize(ids.size());
  std::vector<std::function<void()>> tasks = {
      [&] { answers.tagged = reader.list_service_principals_by_tag(owner.tag(), stop); },
      [&] {
        answers.pending_principals =
            reader.list_service_principals_by_prefix(owner.pending_prefix(), stop);
      },
      [&] {
        answers.pending_applications = reader.list_applications_by_prefix_or_names(
            owner.pending_prefix(), {display_names.begin(), display_names.end()}, threads, stop);
      }};
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
  for (const model::LiveReference& application : *answers.pending_applications) {
    if (!application.display_name.starts_with(prefix) || !application.unique_name.empty()) continue;
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

/// Each service principal learns what is listed of its application.
void join_applications(References applications, Principals& principals) {
  const auto by_app_id = [](const model::LiveReference& left, const model::LiveReference& right) {
    return left.app_id < right.app_id;
  };
  std::sort(applications.begin(), applications.end(), by_app_id);
  for (GraphReader::ServicePrincipal& principal : principals) {
    const auto found =
        std::lower_bound(applications.begin(), applications.end(), principal.reference, by_app_id);
    if (found == applications.end() || found->app_id != principal.reference.app_id) continue;
    take_application(*found, principal.reference);
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

void take_application(const model::LiveReference& application, model::LiveReference& reference) {
  reference.application_id = application.application_id;
  reference.created = application.created;
  reference.unique_name = application.unique_name;
  reference.application_display_name = application.application_display_name;
}

Result<TenantLists> read_tenant_lists(GraphReader& reader, const model::Desired& desired,
                                      std::size_t threads, const std::stop_token& stop) {
  const model::Owner owner = model::owner_of(desired);
  Answers answers = ask(reader, desired, threads, stop);
  if (std::optional<Error> error = first_error(answers)) return fail(std::move(*error));

  TenantLists lists;
  lists.pending = join_pending(owner, answers);
  join_applications(*std::exchange(answers.pending_applications, References()), *answers.tagged);
  for (GraphReader::ServicePrincipal& principal : *answers.tagged) {
    if (!carries(principal, owner.tag())) continue;
    std::string name = application_name(principal);
    auto& named = desired.find(name) == nullptr ? lists.tagged_elsewhere : lists.tagged;
    named[std::move(name)].push_back(std::move(principal));
  }
  const std::vector<model::Owner> predecessors = owner.predecessors();
  for (std::size_t at = 0; at < predecessors.size(); ++at) {
    for (GraphReader::ServicePrincipal& principal : *answers.tagged_earlier[at]) {
      if (!carries(principal, predecessors[at].tag())) continue;
      lists.tagged_earlier[application_name(principal)].push_back(std::move(principal));
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
