#pragma once

#include <deque>

#include "syncwright/core/json.h"

namespace syncwright::emulator {

/// A log that is only written at its end. It keeps as many entries as a tenant of this size has in
/// 30 days; the oldest go.
class Log {
 public:
  void append(Json entry);
  [[nodiscard]] std::deque<Json> newest_first() const;
  [[nodiscard]] const std::deque<Json>& entries() const { return entries_; }
  [[nodiscard]] bool has_changed() const { return has_changed_; }
  void forget_changes() { has_changed_ = false; }

 private:
  std::deque<Json> entries_;  // oldest first
  bool has_changed_ = false;
};

}  // namespace syncwright::emulator
