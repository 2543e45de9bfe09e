#pragma once

#include <cstdint>
#include <mutex>

#include "syncwright/core/clock.h"

namespace syncwright::emulator {

/// A token bucket: so many requests a second, and as many at once after a quiet second
/// (docs/graph.md#4). Counts in thousandths of a request, so that nothing is lost to rounding.
/// Thread-safe.
class Throttle {
 public:
  explicit Throttle(std::uint64_t requests_per_second, Instant now)
      : rate_(static_cast<Milliseconds::rep>(requests_per_second)), level_(capacity()), at_(now) {}

  struct Verdict {
    Milliseconds wait{0};  ///< until there is room for a request again; 0: this one has passed
    int percent_used = 0;  ///< of the bucket
  };
  [[nodiscard]] Verdict take(Instant now);

 private:
  static constexpr Milliseconds::rep one_request = 1'000;
  [[nodiscard]] Milliseconds::rep capacity() const { return rate_ * one_request; }

  const Milliseconds::rep rate_;  ///< a second's requests: a millisecond's thousandths
  std::mutex mutex_;
  Milliseconds::rep level_;
  Instant at_;
};

}  // namespace syncwright::emulator
