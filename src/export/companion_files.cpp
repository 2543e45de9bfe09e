#include "syncwright/export/companion_files.h"

#include <fmt/format.h>

#include <system_error>
#include <utility>

#include "export/customization_writer.h"
#include "export/yaml_writer.h"
#include "syncwright/core/file.h"
#include "syncwright/manifest/field_guide.h"
#include "syncwright/manifest/loader.h"

namespace syncwright::exporting {

namespace {

bool lies_within(const std::filesystem::path& path, const std::filesystem::path& folder) {
  const std::filesystem::path below = path.lexically_relative(folder);
  return !below.empty() && *below.begin() != "..";
}

}  // namespace

std::string write_project_file(const ProjectDraft& project) {
  YamlOutput file = yaml_mapping({{"apiVersion", yaml_text("syncwright/v1")},
                                  {"kind", yaml_text("Project")},
                                  {"metadata", yaml_line({{"name", yaml_text(project.name)}})}});
  file.comment =
      "The project that the manifests belong to. Its name is written into the tags of whatever it\n"
      "owns: after a change of it, the old one belongs under metadata.previously.";
  YamlOutput spec = yaml_mapping();
  if (!project.manifests.empty()) {
    YamlOutput list = yaml_sequence();
    list.one_line = true;
    for (const std::string& path : project.manifests) list.items.push_back(yaml_text(path));
    spec.add("manifests", std::move(list));
    escape_references(spec);
  }
  if (!project.environments.empty()) {
    YamlOutput& environments = spec.add("environments", yaml_mapping());
    for (const ProjectDraft::Environment& each : project.environments) {
      environments.add(each.name, yaml_line({{"tenant", yaml_text(each.tenant)}}));
    }
  }
  spec.one_line = project.environments.empty();
  if (!spec.entries.empty()) file.add("spec", std::move(spec));
  return write_yaml(file);
}

std::vector<std::string> list_manifests(const std::vector<std::filesystem::path>& inputs,
                                        const std::filesystem::path& root,
                                        const std::filesystem::path& folder) {
  std::error_code error;
  const std::filesystem::path usual = root / "manifests";
  if (folder == root) {
    return std::filesystem::exists(usual, error) ? std::vector<std::string>{"."}
                                                 : std::vector<std::string>{};
  }
  std::vector<std::string> names;
  bool is_covered = false;
  for (const std::filesystem::path& input : inputs) {
    if (!lies_within(input, root) || !std::filesystem::exists(input, error)) continue;
    is_covered = is_covered || lies_within(folder, input);
    names.push_back(input.lexically_relative(root).generic_string());
  }
  if (!is_covered) names.push_back(folder.lexically_relative(root).generic_string());
  return names == std::vector<std::string>{"manifests"} ? std::vector<std::string>{} : names;
}

namespace {

constexpr std::string_view kSchemaLine = "# yaml-language-server: $schema=";

}  // namespace

std::filesystem::path schema_file_for(const std::filesystem::path& folder,
                                      const std::filesystem::path& working_folder) {
  const std::filesystem::path root = manifest::find_project_root(folder, working_folder);
  const std::filesystem::path below = folder.lexically_relative(root);
  const bool is_inside = !below.empty() && *below.begin() != "..";
  return (is_inside ? root : folder) / manifest::kManifestSchemaFile;
}

ExportedFiles add_schema_lines(ExportedFiles exported, const std::filesystem::path& folder,
                               const std::filesystem::path& schema_file) {
  const std::string path = schema_file.lexically_relative(folder).generic_string();
  for (ExportedFile& file : exported.files) {
    if (file.is_manifest) file.content = fmt::format("{}{}\n{}", kSchemaLine, path, file.content);
  }
  return exported;
}

std::string_view strip_schema_line(std::string_view manifest) {
  if (!manifest.starts_with(kSchemaLine)) return manifest;
  const std::size_t end = manifest.find('\n');
  return end == std::string_view::npos ? std::string_view() : manifest.substr(end + 1);
}

Result<void> keep_schema_file(const std::filesystem::path& schema_file) {
  std::error_code error;
  if (std::filesystem::exists(std::filesystem::symlink_status(schema_file, error))) return {};
  return write_file_atomically(schema_file, std::string(manifest::manifest_schema()));
}

}  // namespace syncwright::exporting
