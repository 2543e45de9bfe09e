#pragma once

#include <cstddef>
#include <functional>

namespace syncwright {

/// Hears how many threads are at work. Its calls come from any thread.
class WorkObserver {
 public:
  virtual ~WorkObserver() = default;
  virtual void thread_begins() = 0;
  virtual void thread_ends() = 0;
};

/// While it lives, the thread that made it is at work, and so is each thread that a `run_parallel`
/// under it starts.
class ObservedThread {
 public:
  explicit ObservedThread(WorkObserver& observer);
  ~ObservedThread();
  ObservedThread(const ObservedThread&) = delete;
  ObservedThread& operator=(const ObservedThread&) = delete;

 private:
  WorkObserver* before_;
};

/// Runs `task(0) ... task(count - 1)` on at most `threads` threads and returns when all are done.
/// Tasks start in order; an exception that leaves a task ends the program (exit 70).
void run_parallel(std::size_t count, std::size_t threads,
                  const std::function<void(std::size_t)>& task);

}  // namespace syncwright
