#include "manifest/manifest_file.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "manifest/decode/document_decoder.h"
#include "manifest/manifest_files.h"
#include "manifest/yaml/yaml_document.h"

namespace syncwright {
namespace {

/// Calls `keep(document, where)` for every document of the file.
template <class Keep>
ManifestFile read_documents(const std::filesystem::path& path, const ManifestContext& context,
                            Keep keep) {
  ManifestFile file;
  ManifestSource source;
  source.file = display_name(path, context.working_folder);
  source.folder = path.parent_path();
  source.root = context.root;
  source.working_folder = context.working_folder;
  source.environment = context.environment;
  source.notes_revisions = context.notes_revisions;
  source.knows_variables = context.knows_variables;
  file.name = source.file;
  auto text = read_text(path, source.file, file.diagnostics);
  if (!text) return file;
  file.text = std::move(*text);
  for (YamlNode& document : parse_yaml(file.text, source.file, source.diagnostics)) {
    file.holds_manifest = file.holds_manifest || starts_as_manifest(document);
    DecodedDocument decoded = decode_document(document, context.variables, source);
    keep(file, std::move(decoded), Field(source, document, "the document", document.span));
  }
  file.hidden = std::move(source.hidden);
  file.data_texts = std::move(source.data_texts);
  file.data_files = std::move(source.data_files);
  file.diagnostics = std::move(source.diagnostics);
  return file;
}

void keep_in_manifest(ManifestFile& file, DecodedDocument decoded, const Field& document) {
  if (auto* application = std::get_if<DecodedApplication>(&decoded)) {
    file.applications.push_back(std::move(*application));
  } else if (auto* test = std::get_if<MappingTest>(&decoded)) {
    file.tests.push_back(std::move(*test));
  } else if (auto* set = std::get_if<ApplicationSet>(&decoded)) {
    std::move(set->applications.begin(), set->applications.end(),
              std::back_inserter(file.applications));
    if (set->empty) file.empty_sets.push_back(std::move(*set->empty));
  } else if (auto* mapping_set = std::get_if<MappingSet>(&decoded)) {
    file.mapping_sets.push_back(std::move(*mapping_set));
  } else if (std::holds_alternative<Project>(decoded)) {
    document.report(Code::SW1014, "a Project stands among the manifests",
                    "a folder with a syncwright.yaml is a project of its own: give it as PATH");
  }
}

/// Whether nothing but its kind or its version keeps the document from being read as a Project.
bool is_meant_as_project(const YamlNode& document) {
  if (document.kind != YamlNode::Kind::mapping || !starts_as_manifest(document)) return false;
  const YamlNode* kind = find_value(document, "kind");
  const std::vector<std::string>& kinds = manifest_kinds();
  return kind == nullptr || kind->text == "Project" ||
         std::find(kinds.begin(), kinds.end(), kind->text) == kinds.end();
}

/// Reads what is at fault as the Project that it means to be, so that its fault does not hide those
/// of the manifests that it names.
void keep_meant_project(ManifestFile& file, const Field& document) {
  Diagnostics& diagnostics = document.source().diagnostics;
  Diagnostics before = std::exchange(diagnostics, {});
  file.project = as_project(document);
  const Diagnostics second_reading = std::exchange(diagnostics, {});
  for (const Diagnostic& found : second_reading.items()) {
    const auto& known = before.items();
    if (std::find(known.begin(), known.end(), found) == known.end()) before.add(found);
  }
  diagnostics = std::move(before);
}

void keep_in_project_file(ManifestFile& file, DecodedDocument decoded, const Field& document) {
  if (auto* project = std::get_if<Project>(&decoded)) {
    if (file.project) {
      document.report(Code::SW1014, "a second Project", "keep one of the two");
    }
    file.project = std::move(*project);
  } else if (!std::holds_alternative<std::monostate>(decoded)) {
    document.report(Code::SW1008, "syncwright.yaml holds the Project alone",
                    "move the manifest to a file of its own");
  } else if (!file.project && is_meant_as_project(document.node())) {
    keep_meant_project(file, document);
  }
}

}  // namespace

std::filesystem::path ManifestContext::project_file() const {
  return root / project_file_name;
}

std::string ManifestContext::name_of(const std::filesystem::path& path) const {
  return display_name((working_folder / path).lexically_normal(), working_folder);
}

SourceRange ManifestContext::place_of(const std::filesystem::path& path) const {
  return {name_of(path), 0, 0, 0};
}

ManifestFile read_project_file(const std::filesystem::path& path, const ManifestContext& context) {
  ManifestFile file = read_documents(path, context, keep_in_project_file);
  if (!file.project && !file.diagnostics.has_errors()) {
    file.diagnostics.add(Code::SW1003, {display_name(path, context.working_folder), 0, 0, 0},
                         "the file holds no document of kind Project",
                         "write apiVersion, kind: Project and metadata: {name: ...}");
  }
  return file;
}

ManifestFile read_manifest_file(const std::filesystem::path& path, const ManifestContext& context) {
  return read_documents(path, context, keep_in_manifest);
}

std::vector<ManifestFile> without_data(const std::vector<std::filesystem::path>& files,
                                       std::vector<ManifestFile> read) {
  std::set<std::filesystem::path> data;
  for (const ManifestFile& file : read) {
    data.insert(file.data_files.begin(), file.data_files.end());
  }
  std::vector<ManifestFile> manifests;
  for (std::size_t index = 0; index < files.size(); ++index) {
    const bool is_data = data.contains(files[index]) && !read[index].holds_manifest;
    if (!is_data) manifests.push_back(std::move(read[index]));
  }
  return manifests;
}

}  // namespace syncwright
