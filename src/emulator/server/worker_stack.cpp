#include "emulator/server/worker_stack.h"

#include <utility>

namespace syncwright::emulator {

void WorkerStack::run(std::function<void()> work) {
  const std::scoped_lock lock(mutex_);
  if (!idle_.empty()) {
    Worker* worker = idle_.back();
    idle_.pop_back();
    worker->work = std::move(work);
    worker->wakes.notify_one();
  } else if (workers_.size() < most_) {
    Worker& worker = workers_.emplace_back();
    worker.work = std::move(work);
    worker.thread = std::thread([this, &worker] { serve(worker); });
  } else {
    waiting_.push_back(std::move(work));
  }
}

void WorkerStack::serve(Worker& worker) {
  while (const std::function<void()> work = next_work(worker)) work();
}

std::function<void()> WorkerStack::next_work(Worker& worker) {
  std::unique_lock lock(mutex_);
  if (worker.work) return std::exchange(worker.work, nullptr);  // what it was made for
  if (!waiting_.empty()) {
    std::function<void()> work = std::move(waiting_.front());
    waiting_.pop_front();
    return work;
  }
  if (finishes_) return nullptr;
  idle_.push_back(&worker);
  worker.wakes.wait(lock, [&] { return worker.work || finishes_; });
  return std::exchange(worker.work, nullptr);
}

void WorkerStack::finish() {
  {
    const std::scoped_lock lock(mutex_);
    finishes_ = true;
    for (Worker& worker : workers_) worker.wakes.notify_one();
  }
  for (Worker& worker : workers_) {
    if (worker.thread.joinable()) worker.thread.join();
  }
}

std::size_t WorkerStack::threads() const {
  const std::scoped_lock lock(mutex_);
  return workers_.size();
}

std::size_t WorkerStack::idle() const {
  const std::scoped_lock lock(mutex_);
  return idle_.size();
}

}  // namespace syncwright::emulator
