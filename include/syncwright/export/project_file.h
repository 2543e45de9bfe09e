#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace syncwright {

/// The content of a syncwright.yaml that names the project and, where `manifests` is not empty,
/// which files and folders beside it hold manifests; relative to it.
[[nodiscard]] std::string write_project_file(const std::string& name,
                                             const std::vector<std::string>& manifests);

/// Those `manifests`: what the project has to name so that it is what it was without a file, of
/// `inputs`, and `folder` beside them; empty where leaving it out says the same. All absolute.
[[nodiscard]] std::vector<std::string> list_manifests(
    const std::vector<std::filesystem::path>& inputs, const std::filesystem::path& root,
    const std::filesystem::path& folder);

}  // namespace syncwright
