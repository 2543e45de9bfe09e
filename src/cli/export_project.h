#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "cli/session.h"
#include "syncwright/export/described_applications.h"
#include "syncwright/graph_read/export_reader.h"

namespace syncwright::cli {

/// The project that exported manifests belong to, and the file that is to name it.
struct ExportProject {
  manifest::Loaded loaded;
  bool is_named = false;
  /// syncwright.yaml, absolute, where export writes it: nobody has written one, and somebody said
  /// what the project is called.
  std::filesystem::path file;
  std::string content;
};

/// `folder`: absolute; empty where export prints. On a terminal somebody is asked for the name of a
/// project that has none, if manifests are to be written. What is wrong was printed: its exit code.
[[nodiscard]] tl::expected<ExportProject, ExitCode> choose_export_project(
    Session& session, const std::filesystem::path& folder);

/// Writes the project's file if there is one to write and none there by now, and says so. Says how
/// to name the project where nobody did.
[[nodiscard]] Result<void> finish_project(Session& session, const ExportProject& project,
                                          const std::filesystem::path& folder);

/// What manifests of the project and of export's folder describe. `folder`: absolute; empty where
/// export prints. What is wrong with manifests that the result is loaded with was printed: nullopt,
/// exit code 65.
[[nodiscard]] std::optional<exporting::DescribedApplications> read_described(
    Session& session, const std::vector<std::filesystem::path>& project,
    const std::filesystem::path& folder);

/// Reads the project's tenant, as far as `request` asks for it; owner and pace are the run's.
/// `take` gets each application, as read_for_export says.
[[nodiscard]] Result<graph_read::ExportSummary> read_tenant_for_export(
    Session& session, const model::Desired& project, graph_read::ExportRequest request,
    const std::function<void(model::ExportedApplication)>& take);

}  // namespace syncwright::cli
