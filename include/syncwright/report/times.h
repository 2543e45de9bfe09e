#pragma once

#include <optional>
#include <string>

#include "syncwright/core/clock.h"

namespace syncwright::report {

/// How a text tells when something happened. A person at a terminal asks how long ago; who reads a
/// log, or compares two of them, needs the time itself. A value, as Style is.
class Times {
 public:
  Times() = default;  ///< exactly: the text that Graph wrote
  /// As ages, seen from `now`; `exact_as_well`: "2026-11-22T10:00:03Z (4 min ago)".
  explicit Times(Instant now, bool exact_as_well = false)
      : now_(now), exact_as_well_(exact_as_well) {}

  /// "4 min ago", "in 6 h" for an RFC 3339 time; escaped for a terminal. What is no time stays as
  /// it is.
  [[nodiscard]] std::string words(const std::string& time) const;

 private:
  std::optional<Instant> now_;
  bool exact_as_well_ = false;
};

}  // namespace syncwright::report
