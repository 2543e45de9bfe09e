#include "syncwright/core/virtual_clock.h"

#include <algorithm>
#include <utility>

namespace syncwright {

// What makes this hard is the thread that has been woken and does not run yet. Its wake-up stays
// among `wake_ups_` until it holds the mutex again, and a clock that would move while the earliest
// wake-up has come would carry it past the moment that it waited for. So the clock moves only to a
// wake-up that lies ahead, and only where all observed threads wait: then nobody is left who could
// have asked for an earlier one.

VirtualClock::VirtualClock(const Clock& wall, Milliseconds ahead, MoveShared move_shared)
    : wall_(wall), move_shared_(std::move(move_shared)), ahead_(ahead) {}

Instant VirtualClock::now() const {
  const std::scoped_lock lock(mutex_);
  return time();
}

bool VirtualClock::wait(Milliseconds duration, std::stop_token stop) {
  std::unique_lock lock(mutex_);
  if (duration > Milliseconds{0} && !stop.stop_requested()) {
    const Instant wake_up = time() + duration;
    const auto place = wake_ups_.insert(wake_up);
    move_where_all_wait();
    while (time() < wake_up && !stop.stop_requested()) {
      moved_.wait_for(lock, stop, wake_up - time(), [&] { return time() >= wake_up; });
    }
    wake_ups_.erase(place);
  }
  return !stop.stop_requested();
}

void VirtualClock::catch_up(Instant earliest) {
  const std::scoped_lock lock(mutex_);
  move_to(std::max(ahead_, earliest - wall_.now()));
}

Milliseconds VirtualClock::advance(Milliseconds step) {
  const std::scoped_lock lock(mutex_);
  move_to(ahead_ + step);
  return ahead_;
}

void VirtualClock::thread_begins() {
  const std::scoped_lock lock(mutex_);
  ++at_work_;
}

void VirtualClock::thread_ends() {
  const std::scoped_lock lock(mutex_);
  --at_work_;
  move_where_all_wait();
}

void VirtualClock::move_where_all_wait() {
  if (at_work_ == 0 || wake_ups_.size() < at_work_) return;
  const Milliseconds step = *wake_ups_.begin() - time();
  if (step <= Milliseconds{0}) return;
  const auto ahead = move_shared_ ? move_shared_(step) : std::optional(ahead_ + step);
  if (ahead) move_to(*ahead);
}

void VirtualClock::move_to(Milliseconds ahead) {
  ahead_ = ahead;
  moved_.notify_all();
}

}  // namespace syncwright
