#include "manifest/manifest_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "manifest/decode/application_decoder.h"
#include "manifest/decode/field.h"
#include "manifest/decode/keys.h"
#include "manifest/project_files.h"
#include "manifest/yaml/yaml_document.h"
#include "manifest/yaml/yaml_text.h"
#include "syncwright/core/text.h"
#include "syncwright/manifest/loader.h"

namespace syncwright::manifest {

namespace {

constexpr const char* api_version = "syncwright/v1";

/// false where the document is of another program, or of another version of this one. A document
/// without the key is read: the decoder of its kind reports that it is missing.
bool check_api_version(Keys& keys) {
  const std::optional<Field> field = keys.find("apiVersion");
  if (!field) return true;
  const std::optional<std::string> version = as_text(*field);
  if (!version || *version == api_version) return version.has_value();
  field->report(Code::SW1007,
                fmt::format("{} is no apiVersion of syncwright", quote_value(*version)),
                fmt::format("write apiVersion: {}", api_version));
  return false;
}

/// nullopt, and reported, where the document does not say what it is.
std::optional<std::string> read_kind(Keys& keys) {
  if (keys.has("kind")) return keys.read("kind", as_text);
  for (const char* key : {"metadata", "spec"}) (void)keys.find(key);
  keys.report_missing("kind", Code::SW1003);
  keys.done();
  return std::nullopt;
}

void report_unknown_kind(const Field& field) {
  const std::string hint = did_you_mean(field.text(), manifest_kinds());
  field.report(Code::SW1008, fmt::format("{} is no kind of manifest", quote_value(field.text())),
               hint.empty() ? "write kind: Application" : hint);
}

/// Rows and variables get among the manifests by their ending: a file of them that some `from` or
/// this run's --var-file names does not come here.
bool expect_manifest(const Field& document) {
  constexpr const char* way_out =
      "a manifest starts with apiVersion and kind; move rows and variables out of the "
      "folders of manifests (spec.manifests of syncwright.yaml)";
  if (document.node().kind != YamlNode::Kind::mapping) {
    document.report_type("a mapping", way_out);
    return false;
  }
  if (!document.expect_mapping()) return false;
  if (starts_as_manifest(document.node())) return true;
  document.report_key(Code::SW1003, "the document has neither `apiVersion` nor `kind`", way_out);
  return false;
}

/// Decodes a document that is whole without a row.
template <class Decode>
DecodedDocument decode_plain(YamlNode& document, const std::string& kind,
                             const References& references, ManifestSource& source,
                             const Decode& decode) {
  interpolate_document(document, references, source.file, source.diagnostics);
  auto decoded = decode(Field(source, document, kind, document.span));
  return decoded ? DecodedDocument(std::move(*decoded)) : DecodedDocument();
}

}  // namespace

const std::vector<std::string>& manifest_kinds() {
  static const std::vector<std::string> kinds{"Application", "ApplicationSet", "MappingSet",
                                              "MappingTest", "Project"};
  return kinds;
}

bool starts_as_manifest(const YamlNode& document) {
  return find_value(document, "apiVersion") != nullptr || find_value(document, "kind") != nullptr;
}

DecodedDocument decode_document(YamlNode& document, const Variables& variables,
                                ManifestSource& source) {
  Field field(source, document, "the document", document.span);
  if (!expect_manifest(field)) return {};
  Keys keys(field);
  const bool known_version = check_api_version(keys);
  const std::optional<std::string> kind = read_kind(keys);
  if (!known_version || !kind) return {};

  References references = references_of(variables, source);
  if (*kind == "Application") {
    return decode_plain(document, *kind, references, source, as_application);
  }
  if (*kind == "MappingSet") {
    references.without_row = "stands in a MappingSet, which knows no rows";
    return decode_plain(document, *kind, references, source, as_mapping_set);
  }
  if (*kind == "MappingTest") {
    return decode_plain(document, *kind, references, source, as_mapping_test);
  }
  if (*kind == "Project") return decode_plain(document, *kind, references, source, as_project);
  if (*kind != "ApplicationSet") {
    report_unknown_kind(*keys.find("kind"));
    return {};
  }
  auto set = as_application_set(document, variables, source);
  return set ? DecodedDocument(std::move(*set)) : DecodedDocument();
}

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
  std::vector<YamlNode> documents = parse_yaml(file.text, source.file, source.diagnostics);
  file.is_empty = documents.empty() && !source.diagnostics.has_errors();
  for (YamlNode& document : documents) {
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
  } else if (auto* test = std::get_if<model::MappingTest>(&decoded)) {
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
  return root / kProjectFile;
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
  ManifestFile file = read_documents(path, context, keep_in_manifest);
  if (file.is_empty) {
    file.diagnostics.add(kUnreadCode, {file.name, 0, 0, 0}, "the file is empty",
                         "delete it, or write its manifest");
  }
  return file;
}

}  // namespace syncwright::manifest
