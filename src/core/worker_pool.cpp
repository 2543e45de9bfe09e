#include "syncwright/core/worker_pool.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace syncwright {

namespace {

thread_local WorkObserver* observer_here = nullptr;

}  // namespace

ObservedThread::ObservedThread(WorkObserver& observer) : before_(observer_here) {
  observer_here = &observer;
  observer.thread_begins();
}

ObservedThread::~ObservedThread() {
  observer_here->thread_ends();
  observer_here = before_;
}

void run_parallel(std::size_t count, std::size_t threads,
                  const std::function<void(std::size_t)>& task) {
  WorkObserver* const observer = observer_here;
  const std::size_t helpers = std::min(count, std::max<std::size_t>(1, threads));
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> at_work = helpers;
  // noexcept: an exception ends the program on the caller's thread as it does on the others.
  const auto work = [&]() noexcept {
    observer_here = observer;
    for (std::size_t index = next++; index < count; index = next++) task(index);
    // The last thread that is done stays counted, in place of the caller, who goes on. If it were
    // counted out here and the caller in again, no thread would be at work in between.
    if (--at_work > 0 && observer != nullptr) observer->thread_ends();
  };
  std::vector<std::jthread> pool;
  for (std::size_t i = 1; i < helpers; ++i) {
    if (observer != nullptr) observer->thread_begins();
    pool.emplace_back(work);
  }
  if (helpers > 0) work();
}

}  // namespace syncwright
