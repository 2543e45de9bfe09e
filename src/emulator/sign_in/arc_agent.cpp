#include "emulator/sign_in/arc_agent.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "syncwright/core/file.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

constexpr std::size_t most_challenges = 16;

void remove_key_file(const std::filesystem::path& file) {
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
}

}  // namespace

ArcAgent::~ArcAgent() {
  for (const Key& key : keys_) remove_key_file(key.file);
}

Result<std::filesystem::path> ArcAgent::challenge() {
  std::error_code fault;
  if (!std::filesystem::is_directory(folder_, fault)) {
    return fail(ErrorKind::not_found, fmt::format("there is no folder {}", folder_.string()));
  }
  Key key{folder_ / (random_uuid() + ".key"), random_uuid()};
  const Result<void> written = write_file_atomically(key.file, key.value, true);
  if (!written) return fail(written.error());
  if (keys_.size() == most_challenges) {
    remove_key_file(keys_.front().file);
    keys_.pop_front();
  }
  return keys_.emplace_back(std::move(key)).file;
}

bool ArcAgent::takes(std::string_view key) {
  const auto known = std::find_if(keys_.begin(), keys_.end(),
                                  [key](const Key& each) { return each.value == key; });
  if (known == keys_.end()) return false;
  remove_key_file(known->file);
  keys_.erase(known);
  return true;
}

}  // namespace syncwright::emulator
