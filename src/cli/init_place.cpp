#include "cli/init_place.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <system_error>

#include "cli/new_files.h"
#include "cli/starter.h"

// What `init` has to know of the folder before it writes. A project begun in the wrong place does
// harm that nobody sees: inside another one it takes that project's manifests for its own or hides
// them, beside manifests of a folder without a project file it lets them count no longer, and what
// counts no longer is what `apply --prune` takes away.

namespace syncwright::cli {
namespace {

namespace fs = std::filesystem;

/// The project of the folder alone, for no environment: `init` is told none of a project that is
/// there, so that the lack of one is no fault.
manifest::Loaded load_place(const Session& session, const fs::path& folder, Diagnostics& faults) {
  manifest::LoadOptions options;
  options.working_folder = session.working_folder;
  options.paths = {folder};
  Diagnostics found;
  manifest::Loaded project = manifest::load_project(options, found);
  for (const Diagnostic& each : found.items()) {
    if (each.code != Code::SW2020 && each.severity == Severity::error) faults.add(each);
  }
  return project;
}

/// As refuse_place, of a project that is there.
std::optional<ExitCode> refuse_project_file(Session& session, const fs::path& folder) {
  std::error_code error;
  if (!fs::is_regular_file(folder / kProjectFile, error)) {
    session.console.error(fmt::format("{} is no file that can be read: nothing was written",
                                      (folder / kProjectFile).string()),
                          "move it away, or mend what it leads to");
    return ExitCode::failed;
  }
  Diagnostics faults;
  const manifest::Loaded project = load_place(session, folder, faults);
  if (!faults.has_errors()) return std::nullopt;
  print_diagnostics(session, faults, project);
  session.console.error(fmt::format("{} has faults: nothing was written", kProjectFile),
                        "mend it, or move it away to begin a new project");
  return ExitCode::invalid;
}

/// Manifests that lie in a folder without a project file and without `manifests`.
std::vector<std::string> find_loose_manifests(const fs::path& folder) {
  manifest::LoadOptions options;
  options.working_folder = folder;
  Diagnostics untold;  // there is no project file to be at fault
  std::vector<std::string> names;
  for (const fs::path& path : manifest::load_project(options, untold).manifests) {
    if (path != folder / kManifestFolder) names.push_back(path.filename().string());
  }
  return names;
}

/// As refuse_place, of a project that is to begin.
std::optional<ExitCode> refuse_new_project(Session& session, const fs::path& folder) {
  const fs::path root = manifest::find_project_root(folder, folder);
  if (root != folder) {
    session.console.error(fmt::format("{} lies inside the project in {}: nothing was written",
                                      folder.string(), root.string()),
                          "name a folder outside of it, or add to that project: in its folder "
                          "`export --out` adds what the tenant has, and `init --ci` a pipeline");
    return ExitCode::failed;
  }
  const std::vector<std::string> loose = find_loose_manifests(folder);
  if (loose.empty()) return std::nullopt;
  session.console.error(
      fmt::format("{} has manifests that would not count any longer beside a folder {}/: {}; "
                  "nothing was written",
                  folder.string(), kManifestFolder, list_names(loose)),
      fmt::format("move them to {}/, or write a {} with `spec.manifests: [.]`, and init adds what "
                  "stands around it",
                  kManifestFolder, kProjectFile));
  return ExitCode::failed;
}

/// The nearest thing that is there, a link that leads nowhere too.
fs::path nearest_existing(fs::path path) {
  std::error_code error;
  while (path.has_relative_path() && !fs::exists(fs::symlink_status(path, error))) {
    path = path.parent_path();
  }
  return path;
}

/// Root may write everywhere, but not into a folder that nobody has the right to write: as with
/// files, somebody froze it.
bool may_write_into(const fs::path& folder) {
  struct stat status = {};
  if (::stat(folder.c_str(), &status) != 0) return false;
  if ((status.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0) return false;
  return ::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) == 0;
}

}  // namespace

std::optional<ExitCode> refuse_place(Session& session, const fs::path& folder, bool has_project) {
  return has_project ? refuse_project_file(session, folder) : refuse_new_project(session, folder);
}

Result<void> check_manifests_apart(const Session& session, const fs::path& folder,
                                   const std::vector<exporting::ExportedFile>& files) {
  Diagnostics told;  // by refuse_place
  const manifest::Loaded project = load_place(session, folder, told);
  for (const exporting::ExportedFile& file : files) {
    const bool is_read = file.name.ends_with(".yml") && !file.name.starts_with('.');
    for (const fs::path& manifests : project.manifests) {
      const auto below = (folder / file.name).lexically_relative(manifests);
      if (!is_read || below.empty() || *below.begin() == "..") continue;
      return fail(ErrorKind::io,
                  fmt::format("spec.manifests of {} takes in {}, which is no manifest: nothing was "
                              "written",
                              kProjectFile, file.name),
                  "keep the manifests in a folder of their own, and name it there");
    }
  }
  return {};
}

Result<void> check_writable(const fs::path& folder,
                            const std::vector<const exporting::ExportedFile*>& files) {
  for (const exporting::ExportedFile* file : files) {
    const fs::path above = nearest_existing((folder / file->name).parent_path());
    std::error_code error;
    if (!fs::is_directory(above, error)) {
      return fail(ErrorKind::io,
                  fmt::format("{} is no folder, and {} belongs below it: nothing was written",
                              above.string(), file->name),
                  "move it away, or name another folder");
    }
    if (!may_write_into(above)) {
      return fail(ErrorKind::io,
                  fmt::format("the folder {} cannot be written, and {} belongs below it: nothing "
                              "was written",
                              above.string(), file->name),
                  "make it writable, or name another folder");
    }
  }
  return {};
}

}  // namespace syncwright::cli
