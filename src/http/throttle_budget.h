#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <mutex>
#include <optional>
#include <stop_token>

#include "syncwright/core/clock.h"

namespace syncwright::http {

/// What the service grants to this process, as far as its answers tell: a rate at which requests
/// may start, and a pause that a 429 asks for. Until the first 429 there is no bound at all.
/// Thread-safe.
class ThrottleBudget {
 public:
  explicit ThrottleBudget(Clock& clock);

  /// A request that may start now. Its answer goes to `granted` or `refused`.
  struct Turn {
    std::uint64_t episode = 0;  ///< how many times the budget had shrunk
  };

  /// Waits until the pause is over and everybody who asked before has had their turn. nullopt where
  /// `stop` came first.
  [[nodiscard]] std::optional<Turn> await(const std::stop_token& stop);

  /// For what must not wait: a turn at once, which the turns after it pay for. nullopt during a
  /// pause, of which `pause_left` is left.
  [[nodiscard]] std::optional<Turn> take_at_once();
  [[nodiscard]] Milliseconds pause_left();

  /// Anything but a 429 was answered. `near_limit`: the service says that little is left.
  void granted(Turn turn, bool near_limit = false);
  /// A 429: nobody starts for so long, and fewer do from then on.
  void refused(Turn turn, Milliseconds pause);

 private:
  using Moment = std::chrono::sys_time<std::chrono::microseconds>;
  using Seconds = std::chrono::duration<double>;

  /// All with `mutex_` held.
  [[nodiscard]] Moment look_at_clock();
  [[nodiscard]] double rate() const;
  [[nodiscard]] Moment time_of(std::uint64_t ticket) const;
  [[nodiscard]] Turn start(Moment due, Moment now);
  void shrink(Moment now);

  Clock& clock_;
  std::mutex mutex_;
  Moment seen_;  ///< the clock, when it was looked at last
  Moment pause_until_;

  std::uint64_t issued_ = 0;  ///< tickets given out; they start in this order
  std::uint64_t next_ = 0;    ///< the first ticket that has not started
  Moment next_start_;         ///< when it may

  double estimate_ = std::numeric_limits<double>::infinity();  ///< requests a second
  bool is_measured_ = false;  ///< between two 429s, and not guessed
  Seconds growing_{0};        ///< how long the budget has been in use since it shrank
  Moment used_until_;         ///< up to where `growing_` has counted

  std::uint64_t episode_ = 0;
  Moment measured_from_;      ///< a moment at which the service had nothing left
  double granted_since_ = 0;  ///< requests that were answered since
};

}  // namespace syncwright::http
