#include "syncwright/export/schema_line.h"

#include <fmt/format.h>

#include <system_error>

#include "syncwright/core/file.h"
#include "syncwright/manifest/field_guide.h"
#include "syncwright/manifest/loader.h"

namespace syncwright {
namespace {

constexpr std::string_view kSchemaLine = "# yaml-language-server: $schema=";

}  // namespace

std::filesystem::path schema_file_for(const std::filesystem::path& folder,
                                      const std::filesystem::path& working_folder) {
  const std::filesystem::path root = find_project_root(folder, working_folder);
  const std::filesystem::path below = folder.lexically_relative(root);
  const bool is_inside = !below.empty() && *below.begin() != "..";
  return (is_inside ? root : folder) / kManifestSchemaFile;
}

ExportedFiles with_schema_named(ExportedFiles exported, const std::filesystem::path& folder,
                                const std::filesystem::path& schema_file) {
  const std::string path = schema_file.lexically_relative(folder).generic_string();
  for (ExportedFile& file : exported.files) {
    if (file.is_manifest) file.content = fmt::format("{}{}\n{}", kSchemaLine, path, file.content);
  }
  return exported;
}

std::string_view without_schema_line(std::string_view manifest) {
  if (!manifest.starts_with(kSchemaLine)) return manifest;
  const std::size_t end = manifest.find('\n');
  return end == std::string_view::npos ? std::string_view() : manifest.substr(end + 1);
}

Result<void> keep_schema_file(const std::filesystem::path& schema_file) {
  std::error_code error;
  if (std::filesystem::exists(std::filesystem::symlink_status(schema_file, error))) return {};
  return write_file_atomically(schema_file, std::string(manifest_schema()));
}

}  // namespace syncwright
