#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "cli/session.h"
#include "syncwright/export/exporter.h"

namespace syncwright::cli {

/// Why no project may begin in this folder, or nothing be added to the one that it has: it lies
/// inside another project, its project file cannot be read, or manifests count there that a new
/// project would not take in. What is wrong was printed: its exit code; nullopt: nothing is.
/// `folder`: absolute, there or not.
[[nodiscard]] std::optional<ExitCode> refuse_place(Session& session,
                                                   const std::filesystem::path& folder,
                                                   bool has_project);

/// Whether a project that is there would take one of these files for a manifest, whatever it is.
[[nodiscard]] Result<void> check_manifests_apart(const Session& session,
                                                 const std::filesystem::path& folder,
                                                 const std::vector<exporting::ExportedFile>& files);

/// Whether each file may be made below `folder`: what is above it are folders that can be written,
/// as far as they are there. What is known before the first write never breaks off the last one.
[[nodiscard]] Result<void> check_writable(const std::filesystem::path& folder,
                                          const std::vector<const exporting::ExportedFile*>& files);

}  // namespace syncwright::cli
