#include "syncwright/core/single_flight_cache.h"

#include <doctest/doctest.h>

#include <atomic>
#include <latch>
#include <string>
#include <thread>
#include <vector>

using namespace syncwright;

TEST_CASE("those who ask at one time get one answer") {
  constexpr int threads = 8;
  SingleFlightCache<std::string, int> answers;
  std::atomic<int> asked = 0;
  std::atomic<int> right = 0;
  std::latch start(threads);
  {
    std::vector<std::jthread> all;
    for (int thread = 0; thread < threads; ++thread) {
      all.emplace_back([&] {
        start.arrive_and_wait();
        const auto answer = answers.get("a", [&]() -> Result<int> { return ++asked * 7; });
        if (answer && *answer == 7) ++right;
      });
    }
  }
  CHECK(asked == 1);
  CHECK(right == threads);
  CHECK(*answers.get("b", []() -> Result<int> { return 8; }) == 8);
}

TEST_CASE("a failure is not an answer") {
  SingleFlightCache<int, int> answers;
  const auto failed = answers.get(1, []() -> Result<int> { return fail(ErrorKind::io, "no"); });
  CHECK_FALSE(failed.has_value());
  CHECK(*answers.get(1, []() -> Result<int> { return 5; }) == 5);
}
