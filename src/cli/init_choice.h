#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/session.h"
#include "syncwright/export/companion_files.h"

namespace syncwright::cli {

/// The flags of `init`, as they were typed.
struct InitFlags {
  std::string folder;  ///< empty: the working folder
  std::vector<std::string> tenants;
  bool from_tenant = false;
  bool example = false;
  std::string pipeline;  ///< empty: none named
};

/// What `init` is to make.
struct InitChoice {
  std::filesystem::path folder;  ///< absolute
  /// The folder has a project: it gets what stands around one, and nothing of its own is touched.
  bool has_project = false;
  exporting::ProjectDraft project;
  bool from_tenant = false;  ///< else the example
  std::string environment;   ///< whose tenant that is; empty: the project has none
  std::string pipeline;
};

/// What is wrong with a value of --tenant; empty: nothing is.
[[nodiscard]] std::string fault_of_tenant(const std::string& text);

/// Takes the flags; what they leave open is asked for on a terminal, else has its default. What is
/// wrong was printed: its exit code. Writes nothing.
[[nodiscard]] tl::expected<InitChoice, ExitCode> choose_init(Session& session,
                                                             const InitFlags& flags);

}  // namespace syncwright::cli
