#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "syncwright/core/error.h"
#include "syncwright/export/exporter.h"

namespace syncwright {

/// Where the JSON Schema lies that manifests of a folder name: at the project's root; where the
/// folder lies outside of that, in the folder itself. All absolute.
[[nodiscard]] std::filesystem::path schema_file_for(const std::filesystem::path& folder,
                                                    const std::filesystem::path& working_folder);

/// The same files, of which each manifest begins with the line by which editors find the schema.
[[nodiscard]] ExportedFiles with_schema_named(ExportedFiles exported,
                                              const std::filesystem::path& folder,
                                              const std::filesystem::path& schema_file);

/// What a manifest says, whether or not it begins with that line.
[[nodiscard]] std::string_view without_schema_line(std::string_view manifest);

/// Writes the schema where nothing is: the file of another release is the user's to replace.
[[nodiscard]] Result<void> keep_schema_file(const std::filesystem::path& schema_file);

}  // namespace syncwright
