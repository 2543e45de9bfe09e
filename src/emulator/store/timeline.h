#pragma once

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "syncwright/core/clock.h"

namespace syncwright::emulator {

/// What is due when: asking costs what is due, not what there is.
class Timeline {
 public:
  /// nullopt: never.
  void put(const std::string& id, std::optional<Instant> at) {
    if (const auto known = at_.find(id); known != at_.end()) {
      due_.erase({known->second, id});
      at_.erase(known);
    }
    if (!at) return;
    due_.emplace(*at, id);
    at_.emplace(id, *at);
  }
  /// What is due by then, the earliest first.
  [[nodiscard]] std::vector<std::string> until(Instant now) const {
    std::vector<std::string> ids;
    for (const auto& [at, id] : due_) {
      if (at > now) break;
      ids.push_back(id);
    }
    return ids;
  }

 private:
  std::set<std::pair<Instant, std::string>> due_;
  std::unordered_map<std::string, Instant> at_;
};

}  // namespace syncwright::emulator
