#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace syncwright::emulator {

/// What was saved for a service principal, in the order in which it is read back: a key that is
/// written again moves to the end, so that what the last PUT sent comes back in the order of that
/// PUT (docs/graph.md#15.2).
class SavedSecrets {
 public:
  using Pairs = std::vector<std::pair<std::string, std::string>>;

  [[nodiscard]] Pairs::const_iterator begin() const { return pairs_.begin(); }
  [[nodiscard]] Pairs::const_iterator end() const { return pairs_.end(); }
  [[nodiscard]] Pairs::const_iterator find(std::string_view key) const;

  void set(const std::string& key, std::string value);
  void erase(std::string_view key);
  void clear() { pairs_.clear(); }

 private:
  Pairs pairs_;  // no key twice
};

}  // namespace syncwright::emulator
