#pragma once

#include <filesystem>
#include <optional>

#include "manifest/decode/field.h"

namespace syncwright {

/// Whether the path lies in the project, symbolic links resolved. Both absolute.
[[nodiscard]] bool lies_in_project(const std::filesystem::path& path,
                                   const std::filesystem::path& root);

/// A file that a manifest names, relative to the manifest. Outside of the project it is SW2009,
/// missing SW0106. Absolute.
[[nodiscard]] std::optional<std::filesystem::path> as_project_file(const Field& field);

}  // namespace syncwright
