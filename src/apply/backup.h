#pragma once

#include <filesystem>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/core/error.h"
#include "syncwright/model/live.h"

namespace syncwright::apply {

/// What a run replaced, as it was read: BACKUP/20261122T100000Z/APP/JOB/schema.json,
/// APP/secrets.json and APP/assignments.json (masked values stay "*": never a secret). Files have
/// mode 0600 and appear whole or not at all. The folder of the run is made with the first file; a
/// run that finds one of the same second takes the next free name. Thread-safe.
class Backup {
 public:
  Backup(std::filesystem::path folder, const Clock& clock)
      : folder_(std::move(folder)), clock_(clock) {}

  /// Whether the folder is there or can be made: asked before the first write, so that a run does
  /// not stop where it first has something to keep.
  [[nodiscard]] Result<void> ready() const;
  [[nodiscard]] Result<void> schema(const std::string& application, const std::string& job,
                                    std::string_view document);
  [[nodiscard]] Result<void> secrets(const std::string& application,
                                     const std::vector<model::LiveSecret>& live);
  /// Once an application: what the first removal found.
  [[nodiscard]] Result<void> assignments(const std::string& application,
                                         const std::vector<model::LiveAssignment>& live);
  /// This run's folder; empty where nothing was kept.
  [[nodiscard]] std::string folder() const;

 private:
  [[nodiscard]] Result<void> keep(const std::filesystem::path& name, std::string_view content);
  [[nodiscard]] Result<std::filesystem::path> run_folder();

  std::filesystem::path folder_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::filesystem::path run_folder_;
  std::set<std::string> assignments_kept_;  ///< by application
};

}  // namespace syncwright::apply
