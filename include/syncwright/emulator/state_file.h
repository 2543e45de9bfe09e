#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "syncwright/core/error.h"
#include "syncwright/core/json.h"

namespace syncwright::emulator {

/// The emulator's state on disk, locked while this object lives: a second holder gets an Error that
/// names the file. Written privately (0600) and atomically; what is no regular file (a FIFO, a
/// device, a folder) is ErrorKind::invalid_input.
class StateFile {
 public:
  [[nodiscard]] static Result<std::unique_ptr<StateFile>> open(const std::filesystem::path& named);
  ~StateFile();
  StateFile(const StateFile&) = delete;
  StateFile& operator=(const StateFile&) = delete;

  /// null where the file does not exist yet.
  [[nodiscard]] Result<Json> load() const;
  /// `state`: JSON text.
  [[nodiscard]] Result<void> save(std::string_view state);

 private:
  StateFile(std::filesystem::path path, int lock);
  std::filesystem::path path_;
  int lock_;
};

}  // namespace syncwright::emulator
