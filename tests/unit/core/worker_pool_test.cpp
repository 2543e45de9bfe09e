#include "syncwright/core/worker_pool.h"

#include <doctest/doctest.h>

#include <atomic>
#include <barrier>
#include <vector>

using namespace syncwright;

TEST_CASE("every task runs once") {
  for (const std::size_t threads : {0u, 1u, 3u, 100u}) {
    std::vector<std::atomic<int>> runs(50);
    run_parallel(runs.size(), threads, [&](std::size_t index) { ++runs[index]; });
    for (const auto& count : runs) CHECK(count == 1);
  }
  run_parallel(0, 4, [](std::size_t) { FAIL("no task was asked for"); });
}

TEST_CASE("one thread runs the tasks in order") {
  std::vector<std::size_t> order;
  run_parallel(5, 1, [&](std::size_t index) { order.push_back(index); });
  CHECK(order == std::vector<std::size_t>{0, 1, 2, 3, 4});
}

TEST_CASE("that many tasks run at the same time") {
  std::barrier all_here(4);
  run_parallel(8, 4, [&](std::size_t) { all_here.arrive_and_wait(); });
}
