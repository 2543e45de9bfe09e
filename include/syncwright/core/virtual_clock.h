#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>

#include "syncwright/core/clock.h"
#include "syncwright/core/worker_pool.h"

namespace syncwright {

/// The wall clock and what it was moved ahead of it. As soon as every observed thread waits on it
/// (ObservedThread), it moves to the moment at which the first of them wants to go on, so that a
/// wait of minutes takes no time; the order of what happens is the one of the real waits. Nothing
/// is lost where a thread is busy or blocked elsewhere: waits then take the time that they say.
/// Threads that are not observed may wait on it only where none is. Thread-safe.
class VirtualClock final : public Clock, public WorkObserver {
 public:
  /// Moves the time that this clock shares with another process, and tells how far that is ahead of
  /// the wall clock then; nullopt: it did not move, and neither does this clock.
  using MoveShared = std::function<std::optional<Milliseconds>(Milliseconds step)>;

  /// `wall` tells the time and is never waited on. `ahead`: where this clock begins.
  explicit VirtualClock(const Clock& wall, Milliseconds ahead = Milliseconds{0},
                        MoveShared move_shared = {});

  [[nodiscard]] Instant now() const override;
  bool wait(Milliseconds duration, std::stop_token stop) override;
  void catch_up(Instant earliest) override;
  /// Moves the clock on and returns how far it is ahead of the wall clock then.
  Milliseconds advance(Milliseconds step);

  void thread_begins() override;
  void thread_ends() override;

 private:
  /// The rest with `mutex_` held.
  [[nodiscard]] Instant time() const { return wall_.now() + ahead_; }
  void move_where_all_wait();
  void move_to(Milliseconds ahead);

  const Clock& wall_;
  const MoveShared move_shared_;
  mutable std::mutex mutex_;
  std::condition_variable_any moved_;
  Milliseconds ahead_;
  std::size_t at_work_ = 0;          ///< observed threads, the waiting ones among them
  std::multiset<Instant> wake_ups_;  ///< one of each wait that has not returned
};

}  // namespace syncwright
