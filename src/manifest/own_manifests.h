#pragma once

#include <filesystem>
#include <vector>

namespace syncwright {

/// The manifests that lie directly in `folder`, sorted: *.yaml, *.yml and *.json files with a
/// document of syncwright. What other programs keep there (docker-compose.yaml, package.json) is
/// left out without a word; a file that cannot be parsed is taken where it says that it means to be
/// one. `project_file` is none of them.
[[nodiscard]] std::vector<std::filesystem::path> find_own_manifests(
    const std::filesystem::path& folder, const std::filesystem::path& project_file);

/// Whether the file holds a document of syncwright, means to (where it cannot be parsed), or nobody
/// can tell since it cannot be read.
[[nodiscard]] bool holds_own_manifest(const std::filesystem::path& path);

}  // namespace syncwright
