#include "cli/export_project.h"

#include <algorithm>
#include <vector>

#include "cli/project.h"
#include "cli/questions.h"
#include "syncwright/core/file.h"
#include "syncwright/export/companion_files.h"
#include "syncwright/report/escape.h"

namespace syncwright::cli {
namespace {

namespace fs = std::filesystem;

bool lies_within(const fs::path& path, const fs::path& folder) {
  const fs::path below = path.lexically_relative(folder);
  return !below.empty() && *below.begin() != "..";
}

/// Where the file lies: where commands in this folder look for it, unless the manifests lie
/// outside.
fs::path root_of(const Session& session, const fs::path& folder) {
  const fs::path here = session.working_folder.lexically_normal();
  return lies_within(folder, here) ? here : folder;
}

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

/// A first export begins with a folder that has no manifests (SW0107).
bool is_readable(const Diagnostics& diagnostics) {
  return std::none_of(
      diagnostics.items().begin(), diagnostics.items().end(), [](const Diagnostic& diagnostic) {
        return diagnostic.severity == Severity::error && diagnostic.code != Code::SW0107;
      });
}

}  // namespace

tl::expected<ExportProject, ExitCode> choose_export_project(Session& session,
                                                            const fs::path& folder) {
  auto loaded = load_project_of(session, folder);
  if (!loaded) return tl::unexpected(ExitCode::invalid);
  ExportProject project{std::move(*loaded), false, {}, {}};
  std::error_code error;
  const bool has_file = fs::is_regular_file(project.loaded.root / kProjectFile, error);
  const bool writes = !folder.empty();
  if (!has_file && writes && session.options.project.empty() && session.console.can_ask()) {
    auto name = ask_for_project_name(session);
    if (!name) return tl::unexpected(name.error());
    session.options.project = std::move(*name);
    project.loaded.desired.project = session.options.project;
  }
  project.is_named = is_named(session, project.loaded.root);
  if (has_file || !writes || !project.is_named) return project;
  const fs::path root = root_of(session, folder);
  project.file = root / kProjectFile;
  project.content = exporting::write_project_file(
      {session.options.project,
       exporting::list_manifests(project.loaded.manifests, root, folder),
       {}});
  return project;
}

Result<void> finish_project(Session& session, const ExportProject& project,
                            const fs::path& folder) {
  if (!project.is_named && !folder.empty()) {
    session.console.note(fmt::format(
        "Nobody named the project, and `apply` needs a name: `export --project NAME` writes {}.",
        kProjectFile));
  }
  if (project.file.empty()) return {};
  std::error_code error;
  if (fs::exists(fs::symlink_status(project.file, error))) {
    return fail(ErrorKind::io,
                fmt::format("{} is there by now, and is left as it is", project.file.string()),
                "the manifests are written; name the project in that file");
  }
  if (auto written = write_file_atomically(project.file, project.content); !written) {
    return written;
  }
  session.console.note(
      fmt::format("Wrote {}: the project is `{}`.",
                  report::escape_terminal(
                      project.file.lexically_relative(session.working_folder).generic_string()),
                  session.options.project));
  return {};
}

std::optional<exporting::DescribedApplications> read_described(
    Session& session, const std::vector<fs::path>& project, const std::filesystem::path& folder) {
  exporting::DescribedApplications described;
  const auto take = [&](const std::vector<fs::path>& paths, bool beside) {
    Diagnostics diagnostics;
    manifest::Loaded loaded = read_all_manifests(session, paths, diagnostics);
    if (!is_readable(diagnostics)) {
      if (beside) {
        print_diagnostics(session, diagnostics, loaded);
      }
      return !beside;
    }
    for (model::DesiredApplication& application : loaded.desired.applications) {
      const std::filesystem::path file =
          (session.working_folder / application.where.file.text()).lexically_normal();
      described.add({std::move(application), file, beside});
    }
    return true;
  };
  const bool in_project =
      !folder.empty() &&
      std::any_of(project.begin(), project.end(), [&](const std::filesystem::path& input) {
        return lies_within(folder.lexically_normal(), input.lexically_normal());
      });
  std::vector<fs::path> inputs;
  std::copy_if(project.begin(), project.end(), std::back_inserter(inputs), is_there);
  if (!inputs.empty() && !take(inputs, in_project)) {
    return std::nullopt;
  }
  const bool reads_folder = !folder.empty() && !in_project && is_there(folder);
  if (reads_folder && !take({folder}, true)) {
    return std::nullopt;
  }
  return described;
}

Result<graph_read::ExportSummary> read_tenant_for_export(
    Session& session, const model::Desired& project, graph_read::ExportRequest request,
    const std::function<void(model::ExportedApplication)>& take) {
  auto connection = Connection::open(session, Access::read, project);
  if (!connection) return fail(connection.error());
  if (auto checked = check_tenant(session, **connection, project); !checked) {
    return fail(checked.error());
  }
  request.owner = model::owner_of(project);
  request.parallelism = session.options.parallelism;
  request.on_progress = session.console.reading_progress();
  return graph_read::read_for_export((*connection)->reader(), request, take, session.stop);
}

}  // namespace syncwright::cli
