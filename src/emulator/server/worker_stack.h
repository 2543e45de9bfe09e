#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace syncwright::emulator {

/// Threads for the connections of a server: as many as there were connections at once, and not one
/// more. The worker that was idle last gets the next connection, so that those that a busy moment
/// asked for lie still. A thread that is used in turn with all the others has dirtied its stack
/// and its share of freed memory for good: 300 of them hold a hundred kilobytes each.
class WorkerStack {
 public:
  /// At most so many threads; what comes when all of them work waits for one.
  explicit WorkerStack(std::size_t most) : most_(most) {}
  /// REQUIRES: `finish` was called, or nothing ever ran.
  ~WorkerStack() = default;
  WorkerStack(const WorkerStack&) = delete;
  WorkerStack& operator=(const WorkerStack&) = delete;

  /// Thread-safe. `work` throws nothing.
  void run(std::function<void()> work);
  /// Waits for all that was given to `run`, and ends the threads.
  void finish();
  /// How many threads were ever needed, and how many of them have nothing to do now.
  [[nodiscard]] std::size_t threads() const;
  [[nodiscard]] std::size_t idle() const;

 private:
  struct Worker {
    std::function<void()> work;  // empty: it is idle
    std::condition_variable wakes;
    std::thread thread;
  };

  void serve(Worker& worker);
  /// What the worker does next; empty where it ends.
  [[nodiscard]] std::function<void()> next_work(Worker& worker);

  const std::size_t most_;
  mutable std::mutex mutex_;
  std::list<Worker> workers_;
  std::vector<Worker*> idle_;                  // the one that was idle last at the end
  std::deque<std::function<void()>> waiting_;  // oldest first
  bool finishes_ = false;
};

}  // namespace syncwright::emulator
