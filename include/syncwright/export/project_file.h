#pragma once

#include <string>
#include <vector>

namespace syncwright {

/// The content of a syncwright.yaml that names the project and, where `manifests` is not empty,
/// which files and folders beside it hold manifests; relative to it.
[[nodiscard]] std::string write_project_file(const std::string& name,
                                             const std::vector<std::string>& manifests);

}  // namespace syncwright
