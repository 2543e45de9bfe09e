#include "syncwright/export/exporter.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "export/export_names.h"
#include "export/manifest_composition.h"
#include "export/manifest_draft.h"
#include "syncwright/schema/schema_file.h"

namespace syncwright::exporting {
namespace {

/// A draft with the name that it got.
struct NamedDraft {
  ManifestDraft draft;
  ManifestIdentity identity;
};

std::vector<NamedDraft> name_drafts(std::vector<ManifestDraft> drafts,
                                    const std::set<std::string>& taken) {
  std::sort(drafts.begin(), drafts.end(),
            [](const ManifestDraft& left, const ManifestDraft& right) {
              return std::tie(left.display_name, left.service_principal_id) <
                     std::tie(right.display_name, right.service_principal_id);
            });
  std::vector<NameRequest> wishes;
  wishes.reserve(drafts.size());
  for (const ManifestDraft& draft : drafts) {
    wishes.push_back({draft.display_name, draft.service_principal_id, draft.name});
  }
  const std::vector<std::string> names = name_all(wishes, taken);
  std::vector<NamedDraft> named;
  for (std::size_t index = 0; index < drafts.size(); ++index) {
    ManifestDraft& draft = drafts[index];
    ManifestIdentity identity{names[index], draft.display_name, draft.service_principal_id};
    named.push_back({std::move(draft), std::move(identity)});
  }
  std::sort(named.begin(), named.end(), [](const NamedDraft& left, const NamedDraft& right) {
    return left.identity.name < right.identity.name;
  });
  return named;
}

using Group = std::vector<const NamedDraft*>;

/// Those of at least kLeastOfSet, by the name of their first.
std::vector<Group> groups_of(const std::vector<NamedDraft>& drafts) {
  std::map<std::string, Group> by_likeness;
  for (const NamedDraft& each : drafts) {
    if (auto likeness = likeness_of(each.draft)) by_likeness[*likeness].push_back(&each);
  }
  std::vector<Group> groups;
  for (auto& [likeness, group] : by_likeness) {
    if (group.size() >= kLeastOfSet) groups.push_back(std::move(group));
  }
  std::sort(groups.begin(), groups.end(), [](const Group& left, const Group& right) {
    return left.front()->identity.name < right.front()->identity.name;
  });
  return groups;
}

/// What the drafts of a gallery do not have in common, in the words of a manifest.
std::vector<std::string> differences_of(const Group& group) {
  std::vector<ManifestTraits> all;
  std::set<std::string> names;
  for (const NamedDraft* each : group) {
    for (const auto& [name, text] : all.emplace_back(traits_of(each->draft))) names.insert(name);
  }
  std::vector<std::string> differences;
  for (const std::string& name : names) {
    const auto is_other = [&](const ManifestTraits& traits) {
      const auto first = all.front().find(name);
      const auto here = traits.find(name);
      if (first == all.front().end() || here == traits.end())
        return first != all.front().end() || here != traits.end();
      return first->second != here->second;
    };
    if (std::any_of(all.begin(), all.end(), is_other)) differences.push_back(name);
  }
  return differences;
}

/// Of each gallery with enough applications for a set that are not one.
std::vector<UnlikeApplications> unlike_of(const std::vector<NamedDraft>& drafts) {
  std::map<std::string, Group> by_gallery;
  for (const NamedDraft& each : drafts) by_gallery[each.draft.gallery].push_back(&each);
  std::vector<UnlikeApplications> unlike;
  for (const auto& [gallery, group] : by_gallery) {
    if (group.size() < kLeastOfSet) continue;
    std::vector<std::string> differences = differences_of(group);
    if (differences.empty()) continue;
    const std::string& name = group.front()->draft.gallery_name;
    unlike.push_back({name.empty() ? gallery : name, group.size(), std::move(differences)});
  }
  return unlike;
}

ExportedFile set_file(const std::string& name, const Group& group) {
  std::vector<SetMember> members;
  members.reserve(group.size());
  for (const NamedDraft* each : group) members.push_back({&each->draft, each->identity});
  return {manifest_file_of(name), write_yaml(compose_set(name, members))};
}

void add_documents(const NamedDraft& named, std::vector<ExportedFile>& files) {
  for (const DraftJob& job : named.draft.jobs) {
    if (!job.document) continue;
    files.push_back({document_name(named.identity.name, job.key),
                     schema::schema_file_text(job.document->text), false});
  }
}

}  // namespace

struct Exporter::Parts {
  ExportOptions options;
  std::vector<ManifestDraft> drafts;
};

Exporter::Exporter(ExportOptions options) : parts_(std::make_unique<Parts>(Parts{options, {}})) {}

Exporter::~Exporter() = default;

void Exporter::add(const model::ExportedApplication& application) {
  parts_->drafts.push_back(draft_manifest(application, parts_->options));
}

ExportedFiles Exporter::finish(const std::vector<std::string>& taken) {
  const ExportOptions& options = parts_->options;
  std::set<std::string> names(taken.begin(), taken.end());
  const std::vector<NamedDraft> drafts = name_drafts(std::move(parts_->drafts), names);
  for (const NamedDraft& each : drafts) names.insert(each.identity.name);

  ExportedFiles exported;
  exported.applications = drafts.size();
  exported.unlike = unlike_of(drafts);
  std::set<const NamedDraft*> joined;
  for (const Group& group : groups_of(drafts)) {
    std::vector<std::string>& alike = exported.alike.emplace_back();
    if (options.join_sets) {
      const ManifestDraft& first = group.front()->draft;
      const std::string& wish = first.gallery_name.empty() ? first.gallery : first.gallery_name;
      const std::string name = name_all({{wish, "set", {}}}, names).front();
      names.insert(name);
      alike.push_back(name);
      joined.insert(group.begin(), group.end());
      exported.files.push_back(set_file(name, group));
    } else {
      for (const NamedDraft* each : group) alike.push_back(each->identity.name);
    }
  }
  for (const NamedDraft& each : drafts) {
    add_documents(each, exported.files);
    if (joined.contains(&each)) continue;
    exported.files.push_back({manifest_file_of(each.identity.name),
                              write_yaml(compose_application(each.draft, each.identity))});
  }
  std::sort(exported.files.begin(), exported.files.end(),
            [](const ExportedFile& left, const ExportedFile& right) {
              return std::tuple(!left.is_manifest, left.name) <
                     std::tuple(!right.is_manifest, right.name);
            });
  return exported;
}

}  // namespace syncwright::exporting
