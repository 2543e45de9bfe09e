#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/core/error.h"
#include "syncwright/export/exporter.h"

namespace syncwright::exporting {

/// What a new syncwright.yaml says.
struct ProjectDraft {
  struct Environment {
    std::string name;
    std::string tenant;  ///< directory (tenant) id
  };

  std::string name;
  /// Files and folders that hold manifests, relative to it; empty: the usual place.
  std::vector<std::string> manifests;
  std::vector<Environment> environments;  ///< in their order; empty: none
};

/// The content of the file.
[[nodiscard]] std::string write_project_file(const ProjectDraft& project);

/// Those `manifests`: what the project has to name so that it is what it was without a file, of
/// `inputs`, and `folder` beside them; empty where leaving it out says the same. All absolute.
[[nodiscard]] std::vector<std::string> list_manifests(
    const std::vector<std::filesystem::path>& inputs, const std::filesystem::path& root,
    const std::filesystem::path& folder);

/// Where the JSON Schema lies that manifests of a folder name: at the project's root; where the
/// folder lies outside of that, in the folder itself. All absolute.
[[nodiscard]] std::filesystem::path schema_file_for(const std::filesystem::path& folder,
                                                    const std::filesystem::path& working_folder);

/// The same files, of which each manifest begins with the line by which editors find the schema.
[[nodiscard]] ExportedFiles add_schema_lines(ExportedFiles exported,
                                             const std::filesystem::path& folder,
                                             const std::filesystem::path& schema_file);

/// What a manifest says, whether or not it begins with that line.
[[nodiscard]] std::string_view strip_schema_line(std::string_view manifest);

/// Writes the schema where nothing is: the file of another release is the user's to replace.
[[nodiscard]] Result<void> keep_schema_file(const std::filesystem::path& schema_file);

}  // namespace syncwright::exporting
