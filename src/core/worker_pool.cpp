#include "syncwright/core/worker_pool.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace syncwright {

void run_parallel(std::size_t count, std::size_t threads,
                  const std::function<void(std::size_t)>& task) {
  std::atomic<std::size_t> next = 0;
  // noexcept: an exception ends the program on the caller's thread as it does on the others.
  const auto work = [&]() noexcept {
    for (std::size_t index = next++; index < count; index = next++) task(index);
  };
  const std::size_t helpers = std::min(count, std::max<std::size_t>(1, threads));
  std::vector<std::jthread> pool;
  for (std::size_t i = 1; i < helpers; ++i) pool.emplace_back(work);
  work();
}

}  // namespace syncwright
