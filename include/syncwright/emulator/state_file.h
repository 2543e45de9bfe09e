#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "syncwright/core/error.h"

namespace syncwright::emulator {

/// The file that a tenant lives in, an SQLite database (docs/emulator.md#its-state), locked while
/// this object lives: a second holder gets an Error that names it. What is no regular file (a FIFO,
/// a device, a folder) is ErrorKind::invalid_input.
class StateFile {
 public:
  [[nodiscard]] static Result<std::unique_ptr<StateFile>> open(const std::filesystem::path& named);
  ~StateFile();
  StateFile(const StateFile&) = delete;
  StateFile& operator=(const StateFile&) = delete;

  /// Where it lies; a link is followed.
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] Result<bool> has_state() const;

  /// States were JSON once. Where this file is such a state a database takes its place, and the
  /// JSON is kept as FILE.old; where it is not there, is called `emulator.db` or
  /// `emulator-NAME.db`, and the JSON of that name lies beside, it is made of that, which stays.
  /// Answers what was done in words, or nothing where there was nothing to do. A JSON that is
  /// broken is an Error, and nothing changes.
  [[nodiscard]] Result<std::string> take_over_json();
  /// Makes the state of what `Tenant::export_state` wrote. ErrorKind::invalid_input where there is
  /// a state already, or the file is none.
  [[nodiscard]] Result<void> import_json(const std::filesystem::path& json);

 private:
  StateFile(std::filesystem::path path, int lock);
  [[nodiscard]] Result<std::string> take_over_own_json();

  std::filesystem::path path_;
  int lock_;
};

}  // namespace syncwright::emulator
