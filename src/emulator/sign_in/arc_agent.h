#pragma once

#include <deque>
#include <filesystem>
#include <string>
#include <string_view>

#include "syncwright/core/error.h"

namespace syncwright::emulator {

/// The challenges of Azure Arc's agent: whoever can read a file in its folder is of this machine
/// (docs/graph.md#2.8). The folder is the machine's, so it is never made here. A key serves once,
/// and its file goes with it; the files of keys that nobody showed go with this object, and the
/// oldest with too many challenges. Not thread-safe.
class ArcAgent {
 public:
  explicit ArcAgent(std::filesystem::path key_folder) : folder_(std::move(key_folder)) {}
  ArcAgent(const ArcAgent&) = delete;
  ArcAgent& operator=(const ArcAgent&) = delete;
  ~ArcAgent();

  /// A new file whose content answers the challenge. ErrorKind::not_found where there is no folder,
  /// ErrorKind::io where nothing can be written there.
  [[nodiscard]] Result<std::filesystem::path> challenge();
  /// Whether the key stands in a file that `challenge` made and nobody has shown before.
  [[nodiscard]] bool takes(std::string_view key);

 private:
  struct Key {
    std::filesystem::path file;
    std::string value;
  };
  std::filesystem::path folder_;
  std::deque<Key> keys_;  // oldest first
};

}  // namespace syncwright::emulator
