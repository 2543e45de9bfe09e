#include "syncwright/core/virtual_clock.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <barrier>
#include <future>
#include <mutex>
#include <vector>

#include "unit/manual_clock.h"

using namespace syncwright;
using namespace std::chrono_literals;

namespace {

/// A virtual clock on a wall clock that stands: only jumps move it. The thread of the test is
/// observed.
struct JumpingTime {
  ManualClock wall;
  VirtualClock clock{wall};
  ObservedThread test_thread{clock};

  [[nodiscard]] Milliseconds passed() const { return clock.now() - wall.now(); }
};

}  // namespace

TEST_CASE("the only thread that is at work waits no time at all") {
  JumpingTime time;
  CHECK(time.clock.wait(10min, {}));
  CHECK(time.passed() == 10min);
  CHECK(time.clock.wait(0ms, {}));
  CHECK(time.clock.wait(-1ms, {}));
  CHECK(time.passed() == 10min);
}

TEST_CASE("parallel waits end in the order of their moments, and end at them") {
  JumpingTime time;
  std::mutex mutex;
  std::vector<Milliseconds> woken;
  // Three threads that wait again and again, as applications of one apply do.
  const std::array<Milliseconds, 3> steps{7s, 11s, 13s};
  run_parallel(steps.size(), steps.size(), [&](std::size_t index) {
    for (int i = 0; i < 50; ++i) {
      CHECK(time.clock.wait(steps[index], {}));
      const std::scoped_lock lock(mutex);
      woken.push_back(time.passed());
    }
  });
  REQUIRE(woken.size() == 150);
  CHECK(std::is_sorted(woken.begin(), woken.end()));
  CHECK(woken.front() == 7s);
  CHECK(time.passed() == 50 * 13s);
}

TEST_CASE("the time stands while a thread is at work") {
  JumpingTime time;
  std::barrier both_here(2);
  std::atomic<bool> is_done = false;
  run_parallel(2, 2, [&](std::size_t index) {
    both_here.arrive_and_wait();
    if (index == 0) {
      for (int i = 0; i < 1000; ++i) CHECK(time.passed() == 0ms);
      is_done = true;
      return;
    }
    CHECK(time.clock.wait(1h, {}));
    CHECK(is_done);
  });
  CHECK(time.passed() == 1h);
}

TEST_CASE("a run within a run counts its own threads") {
  JumpingTime time;
  run_parallel(2, 2, [&](std::size_t) {
    run_parallel(3, 3, [&](std::size_t inner) {
      CHECK(time.clock.wait(Milliseconds{1000} * static_cast<int>(inner + 1), {}));
    });
    CHECK(time.passed() == 3s);
    CHECK(time.clock.wait(1s, {}));
  });
  CHECK(time.passed() == 4s);
}

TEST_CASE("a stop ends a wait, and none begins after it") {
  JumpingTime time;
  std::stop_source source;
  run_parallel(2, 2, [&](std::size_t index) {
    if (index == 0) {
      source.request_stop();
      return;
    }
    // Whether the stop or the moment comes first, it returns.
    static_cast<void>(time.clock.wait(1h, source.get_token()));
  });
  const Milliseconds passed = time.passed();
  CHECK_FALSE(time.clock.wait(24h, source.get_token()));
  CHECK(time.passed() == passed);
}

TEST_CASE("a clock whose threads nobody observes is moved by hand") {
  ManualClock wall;
  VirtualClock clock(wall, 5s);
  CHECK(clock.now() == wall.now() + 5s);
  auto waiting = std::async(std::launch::async, [&] { return clock.wait(1h, {}); });
  CHECK(clock.advance(2h) == 2h + 5s);
  // That may have been before the wait began.
  while (waiting.wait_for(1ms) != std::future_status::ready) clock.advance(1h);
  CHECK(waiting.get());
}

TEST_CASE("a clock catches up and never goes back") {
  ManualClock wall;
  VirtualClock clock(wall);
  clock.catch_up(wall.now() + 3h);
  CHECK(clock.now() == wall.now() + 3h);
  clock.catch_up(wall.now());
  CHECK(clock.now() == wall.now() + 3h);
  wall.catch_up(wall.now() + 1h);
  CHECK(clock.now() == wall.now() + 3h);
}

TEST_CASE("a shared time is moved where it is kept, and followed") {
  ManualClock wall;
  std::vector<Milliseconds> asked;
  VirtualClock clock(wall, 10s, [&](Milliseconds step) {
    asked.push_back(step);
    return std::optional(10s + step + 1min);  // somebody else moved it as well
  });
  const ObservedThread here(clock);
  CHECK(clock.wait(30s, {}));
  CHECK(asked == std::vector<Milliseconds>{30s});
  CHECK(clock.now() == wall.now() + 100s);
}

TEST_CASE("where a shared time does not move, a wait takes as long as it says") {
  SystemClock wall;
  VirtualClock clock(wall, 0ms, [](Milliseconds) { return std::optional<Milliseconds>(); });
  const ObservedThread here(clock);
  const Instant before = wall.now();
  CHECK(clock.wait(2ms, {}));
  CHECK(wall.now() - before >= 2ms);
}
