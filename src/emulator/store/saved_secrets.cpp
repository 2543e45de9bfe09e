#include "emulator/store/saved_secrets.h"

#include <algorithm>

namespace syncwright::emulator {

SavedSecrets::Pairs::const_iterator SavedSecrets::find(std::string_view key) const {
  return std::find_if(pairs_.begin(), pairs_.end(),
                      [&](const auto& pair) { return pair.first == key; });
}

void SavedSecrets::set(const std::string& key, std::string value) {
  erase(key);
  pairs_.emplace_back(key, std::move(value));
}

void SavedSecrets::erase(std::string_view key) {
  std::erase_if(pairs_, [&](const auto& pair) { return pair.first == key; });
}

}  // namespace syncwright::emulator
