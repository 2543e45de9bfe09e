#pragma once

#include <filesystem>
#include <string_view>

#include "cli/session.h"

namespace syncwright::cli {

inline constexpr const char* kProjectFile = "syncwright.yaml";

/// Whether somebody gave the project its name: by its file in `root`, or with --project. Every
/// other folder is the project `default`, so that nothing tells apart what two of them own.
[[nodiscard]] bool is_named(const Session& session, const std::filesystem::path& root);
/// The same of the folder that the command line means.
[[nodiscard]] bool is_project_named(const Session& session);

/// Says that `command` needs a name, and both ways to give one: exit code 64.
[[nodiscard]] ExitCode refuse_unnamed(Session& session, std::string_view command);

}  // namespace syncwright::cli
