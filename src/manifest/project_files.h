#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "syncwright/core/diagnostic.h"

namespace syncwright::manifest {

class Field;

/// A path as diagnostics name it: relative to the working folder where it lies below, else
/// absolute.
[[nodiscard]] std::string display_name(const std::filesystem::path& path,
                                       const std::filesystem::path& working_folder);

/// The text of a file, at most kMaxManifestBytes; SW0106 where it cannot be read.
[[nodiscard]] std::optional<std::string> read_text(const std::filesystem::path& path,
                                                   const std::string& name,
                                                   Diagnostics& diagnostics);

/// Of something among the manifests that holds none or is not read. It may have been one: nothing
/// is pruned while it is there (docs/contract.md#4).
inline constexpr Code kUnreadCode = Code::SW0111;

/// The manifest files of a path: itself where it is a file; every *.yaml and *.yml below it where
/// it is a folder, with the *.json that hold manifests of syncwright, sorted by path, without
/// hidden files and folders, symbolic links to folders, and `project_file`. A path that cannot be
/// read is SW0106 at `where`, under the name `name`; what lies among the files, may hold a manifest
/// and is not read is kUnreadCode.
[[nodiscard]] std::vector<std::filesystem::path> list_manifests(
    const std::filesystem::path& path, const std::filesystem::path& project_file,
    const std::string& name, const SourceRange& where, Diagnostics& diagnostics);

/// The manifests that lie directly in `folder`, sorted: *.yaml, *.yml and *.json files with a
/// document of syncwright. What other programs keep there (docker-compose.yaml, package.json) is
/// left out without a word; a file that cannot be parsed is taken where it says that it means to be
/// one. `project_file` is none of them.
[[nodiscard]] std::vector<std::filesystem::path> find_own_manifests(
    const std::filesystem::path& folder, const std::filesystem::path& project_file);

/// Whether the file holds a document of syncwright, means to (where it cannot be parsed), or cannot
/// be read, so that the loader says why.
[[nodiscard]] bool holds_own_manifest(const std::filesystem::path& path);

/// Whether the path lies in the project, symbolic links resolved. Both absolute.
[[nodiscard]] bool lies_in_project(const std::filesystem::path& path,
                                   const std::filesystem::path& root);

/// A file that a manifest names, relative to the manifest. Outside of the project it is SW2009,
/// missing SW0106. Absolute.
[[nodiscard]] std::optional<std::filesystem::path> as_project_file(const Field& field);

}  // namespace syncwright::manifest
