#pragma once

#include <mutex>
#include <stop_token>
#include <vector>

#include "syncwright/core/clock.h"

namespace syncwright {

/// A clock that a test turns by hand. `wait` does not sleep: it moves the time on by the duration
/// and returns true, or returns false and leaves the time where a stop is already requested.
/// Thread-safe; remembers every wait in the order of the calls.
class ManualClock final : public Clock {
 public:
  /// 2026-01-01T00:00:00Z unless said otherwise.
  explicit ManualClock(Instant start = Instant{Milliseconds{1'767'225'600'000}}) : now_(start) {}

  [[nodiscard]] Instant now() const override {
    const std::scoped_lock lock(mutex_);
    return now_;
  }

  bool wait(Milliseconds duration, std::stop_token stop) override {
    const std::scoped_lock lock(mutex_);
    if (stop.stop_requested()) return false;
    waits_.push_back(duration);
    now_ += duration;
    return true;
  }

  void advance(Milliseconds duration) {
    const std::scoped_lock lock(mutex_);
    now_ += duration;
  }

  [[nodiscard]] std::vector<Milliseconds> waits() const {
    const std::scoped_lock lock(mutex_);
    return waits_;
  }

 private:
  mutable std::mutex mutex_;
  Instant now_;
  std::vector<Milliseconds> waits_;
};

}  // namespace syncwright
