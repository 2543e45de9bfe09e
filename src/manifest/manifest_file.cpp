#include "manifest_file.h"

#include <utility>

#include "document_decoder.h"
#include "manifest_files.h"
#include "mapping_rules.h"
#include "syncwright/manifest/yaml_document.h"

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
  file.name = source.file;
  auto text = read_text(path, source.file, file.diagnostics);
  if (!text) return file;
  file.text = std::move(*text);
  for (YamlNode& document : parse_yaml(file.text, source.file, source.diagnostics)) {
    DecodedDocument decoded = decode_document(document, context.variables, source);
    keep(file, std::move(decoded), Field(source, document, "the document", document.span));
  }
  file.hidden = std::move(source.hidden);
  file.diagnostics = std::move(source.diagnostics);
  return file;
}

void keep_in_manifest(ManifestFile& file, DecodedDocument decoded, const Field& document) {
  if (auto* application = std::get_if<DesiredApplication>(&decoded)) {
    file.applications.push_back(std::move(*application));
  } else if (auto* test = std::get_if<MappingTest>(&decoded)) {
    file.tests.push_back(std::move(*test));
  } else if (std::holds_alternative<Project>(decoded)) {
    document.report("SW1014", "a Project stands among the manifests",
                    "a folder with a syncwright.yaml is a project of its own: give it as PATH");
  }
}

void keep_in_project_file(ManifestFile& file, DecodedDocument decoded, const Field& document) {
  if (auto* project = std::get_if<Project>(&decoded)) {
    if (file.project) {
      document.report("SW1014", "a second Project", "keep one of the two");
    }
    file.project = std::move(*project);
  } else if (!std::holds_alternative<std::monostate>(decoded)) {
    const bool is_test = std::holds_alternative<MappingTest>(decoded);
    document.report("SW1008", "syncwright.yaml holds the Project alone",
                    is_test ? "move the MappingTest to a file of its own"
                            : "move the Application to a file of its own");
  }
}

}  // namespace

ManifestFile read_project_file(const std::filesystem::path& path, const ManifestContext& context) {
  ManifestFile file = read_documents(path, context, keep_in_project_file);
  if (!file.project && !file.diagnostics.has_errors()) {
    file.diagnostics.add("SW1003", {display_name(path, context.working_folder), 0, 0, 0},
                         "the file holds no document of kind Project",
                         "write apiVersion, kind: Project and metadata: {name: ...}");
  }
  return file;
}

ManifestFile read_manifest_file(const std::filesystem::path& path, const ManifestContext& context) {
  const auto keep = [&](ManifestFile& file, DecodedDocument decoded, const Field& document) {
    if (const auto* application = std::get_if<DesiredApplication>(&decoded)) {
      check_mapping_rules(*application, context.template_schemas, document.source().diagnostics);
    }
    keep_in_manifest(file, std::move(decoded), document);
  };
  return read_documents(path, context, keep);
}

}  // namespace syncwright
