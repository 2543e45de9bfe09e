#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "syncwright/core/clock.h"
#include "syncwright/plan/change.h"

namespace syncwright {

/// What an apply is doing right now, for the status line.
class RunningChanges {
 public:
  void start(const Change& change, Instant now);
  void wait(const Change& change, const std::string& what, Milliseconds elapsed);
  void finish(const std::string& id);

  /// "salesforce-contoso: create job default, waiting for ... (12 s), and 2 more", in `width`
  /// columns; the change that runs the longest speaks for all. What is too long is cut where it
  /// says what runs: how long it takes already tells a wait from a standstill. Empty where nothing
  /// runs.
  [[nodiscard]] std::string words(Instant now, std::size_t width, std::string_view ellipsis) const;

 private:
  struct Running {
    std::string title;
    std::string waiting_for;
    Milliseconds waited{0};
    Instant since;
  };
  std::map<std::string, Running> running_;
};

}  // namespace syncwright
