#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "syncwright/report/formats.h"

namespace syncwright::cli {

/// The global flags of docs/contract.md#2, as the user wrote them.
struct GlobalOptions {
  std::vector<std::string> variables;  ///< K=V
  std::vector<std::string> variable_files;
  std::vector<std::string> only;       ///< --only, and --app of commands on the project
  std::vector<std::string> reports;    ///< FORMAT=FILE, checked
  std::vector<std::string> selectors;  ///< KEY=VALUE
  std::string environment;             ///< empty: none named
  std::string project;                 ///< of a folder without syncwright.yaml; empty: none named
  int parallelism = 32;
  report::Format format = report::Format::text;
  std::string endpoint;
  std::string ca_file;   ///< relative to where it was typed; empty: none named
  std::string emulator;  ///< state file; empty: the environment's own
  bool use_emulator = false;
  bool no_color = false;
  bool log_json = false;
  int verbosity = 0;
  std::vector<std::string> paths;  ///< PATH arguments of the command
  std::vector<std::string> words;  ///< the whole command line, as it was given

  /// Whether --app, --only or --selector say which of the project's applications are meant.
  [[nodiscard]] bool names_applications() const { return !only.empty() || !selectors.empty(); }
};

}  // namespace syncwright::cli
