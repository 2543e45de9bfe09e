#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "syncwright/core/diagnostic.h"

namespace syncwright {

inline constexpr const char* project_file_name = "syncwright.yaml";

/// A path as diagnostics name it: relative to the working folder where it lies below, else
/// absolute.
[[nodiscard]] std::string display_name(const std::filesystem::path& path,
                                       const std::filesystem::path& working_folder);

/// The text of a file, at most kMaxManifestBytes; SW0106 where it cannot be read.
[[nodiscard]] std::optional<std::string> read_text(const std::filesystem::path& path,
                                                   const std::string& name,
                                                   Diagnostics& diagnostics);

/// The manifest files of a path: itself where it is a file; every *.yaml and *.yml below it where
/// it is a folder, with the *.json that hold manifests of syncwright, sorted by path, without
/// hidden files and folders, symbolic links to folders, and `project_file`. A path that cannot be
/// read is SW0106 at `where`, under the name `name`; a file whose ending is written in other
/// letters is SW0111.
[[nodiscard]] std::vector<std::filesystem::path> list_manifests(
    const std::filesystem::path& path, const std::filesystem::path& project_file,
    const std::string& name, const SourceRange& where, Diagnostics& diagnostics);

}  // namespace syncwright
