#include "emulator/server/worker_stack.h"

#include <doctest/doctest.h>

#include <atomic>
#include <latch>
#include <set>
#include <thread>

namespace syncwright::emulator {

namespace {

void await_idle(const WorkerStack& workers, std::size_t count) {
  while (workers.idle() < count) std::this_thread::yield();
}

/// Which of the workers did one piece of work, once all are idle again.
std::thread::id worker_of_next(WorkerStack& workers) {
  const std::size_t idle = workers.idle();
  std::thread::id worker;
  std::latch done(1);
  workers.run([&] {
    worker = std::this_thread::get_id();
    done.count_down();
  });
  done.wait();
  await_idle(workers, idle == 0 ? 1 : idle);
  return worker;
}

/// So many at once: each goes on when all are there.
void run_at_once(WorkerStack& workers, std::ptrdiff_t count) {
  std::latch together(count);
  std::latch done(count);
  for (std::ptrdiff_t i = 0; i < count; ++i) {
    workers.run([&] {
      together.arrive_and_wait();
      done.count_down();
    });
  }
  done.wait();
}

}  // namespace

TEST_CASE("there are as many workers as there was work at once, and the last idle one is next") {
  WorkerStack workers(300);
  CHECK(workers.threads() == 0);
  std::set<std::thread::id> used;
  for (int i = 0; i < 20; ++i) used.insert(worker_of_next(workers));
  CHECK(used.size() == 1);
  CHECK(workers.threads() == 1);
  run_at_once(workers, 5);
  await_idle(workers, 5);
  CHECK(workers.threads() == 5);
  used.clear();
  for (int i = 0; i < 20; ++i) used.insert(worker_of_next(workers));
  CHECK(used.size() == 1);
  CHECK(workers.threads() == 5);
  workers.finish();
}

TEST_CASE("what comes when every worker works waits for one, also when the server ends") {
  WorkerStack workers(2);
  std::latch both_work(2);
  std::latch go_on(1);
  std::atomic<int> done = 0;
  for (int i = 0; i < 2; ++i) {
    workers.run([&] {
      both_work.count_down();
      go_on.wait();
      ++done;
    });
  }
  both_work.wait();
  for (int i = 0; i < 10; ++i) workers.run([&] { ++done; });
  CHECK(workers.threads() == 2);
  CHECK(done == 0);
  go_on.count_down();
  workers.finish();
  CHECK(done == 12);
}

}  // namespace syncwright::emulator
