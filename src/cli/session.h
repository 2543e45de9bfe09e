#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/options.h"
#include "syncwright/core/clock.h"
#include "syncwright/core/environment.h"
#include "syncwright/manifest/loader.h"
#include "syncwright/report/times.h"

namespace syncwright::cli {

/// What every command gets from `main`: the user's words and the doors to the outside.
struct Session {
  GlobalOptions options;
  Environment environment;
  std::filesystem::path working_folder;
  Clock& clock;
  Console& console;
  std::stop_token stop;       ///< set by Ctrl-C, SIGTERM and SIGHUP
  bool is_unwritten = false;  ///< a report could not be written, which was said
};

/// A command's body, chosen by the command line.
using Run = std::function<ExitCode(Session&)>;

/// What manifests are read for.
enum class Reading {
  tenant,         ///< a command that goes on to the tenant
  advice,         ///< `validate`: with notes on what is no fault
  mapping_tests,  ///< `test`: the whole project, PATHs choosing among its mapping tests
};

/// Loads the manifests that the command line names. `desired` of the result must not be used when
/// the diagnostics have errors.
[[nodiscard]] manifest::Loaded read_manifests(Session& session, Reading reading,
                                              Diagnostics& diagnostics);

/// The texts that diagnostics point into. Valid as long as `loaded`.
[[nodiscard]] report::SourceLookup sources_of(const manifest::Loaded& loaded);

/// With --log-format json only: each as an object.
void record_diagnostics(Console& console, const Diagnostics& diagnostics);

/// Every diagnostic with its source line, and how many there are, on stderr.
void print_diagnostics(Session& session, const Diagnostics& diagnostics,
                       const manifest::Loaded& loaded);

/// Both of the above: nullopt where there are errors, exit code 65.
[[nodiscard]] std::optional<manifest::Loaded> load_manifests(Session& session);

/// The project of a folder (empty: of the working folder) and its environment, without manifests.
/// What is wrong was printed: exit code 65.
[[nodiscard]] std::optional<manifest::Loaded> load_project_of(Session& session,
                                                              const std::filesystem::path& place);

/// Every manifest of these files and folders, whatever --only and --selector say.
[[nodiscard]] manifest::Loaded read_all_manifests(Session& session,
                                                  const std::vector<std::filesystem::path>& paths,
                                                  Diagnostics& diagnostics);

/// How a result on standard output tells times: on a terminal as ages, with -v also exactly.
[[nodiscard]] report::Times times_of(const Session& session);

/// "error: ..." on stderr, its commands with what this run was given.
void tell_failure(Session& session, const Error& error);
/// The same, and the exit code that the error means.
[[nodiscard]] ExitCode report_failure(Session& session, const Error& error);

/// The folder that `.syncwright/` lies in, whether or not there are manifests.
[[nodiscard]] std::filesystem::path project_root(const Session& session);

using manifest::kProjectFile;

/// Whether somebody gave the project its name: by its file in `root`, or with --project. Every
/// other folder is the project `default`, so that nothing tells apart what two of them own.
[[nodiscard]] bool is_named(const Session& session, const std::filesystem::path& root);
/// The same of the folder that the command line means.
[[nodiscard]] bool is_project_named(const Session& session);

/// Says that `command` needs a name, and both ways to give one: exit code 64.
[[nodiscard]] ExitCode refuse_unnamed(Session& session, std::string_view command);

}  // namespace syncwright::cli
