#include "apply/shutdown_deadline.h"

#include <doctest/doctest.h>

namespace syncwright::apply {

namespace {

/// Returns when the token is stopped.
void await(const std::stop_token& token) {
  std::mutex mutex;
  std::condition_variable_any changed;
  std::unique_lock lock(mutex);
  changed.wait(lock, token, [] { return false; });
}

}  // namespace

TEST_CASE("the hard stop follows the stop after the grace") {
  std::stop_source stop;
  const ShutdownDeadline deadline(stop.get_token(), std::chrono::milliseconds{1});
  CHECK_FALSE(deadline.token().stop_requested());
  stop.request_stop();
  await(deadline.token());
  CHECK(deadline.token().stop_requested());
}

TEST_CASE("a stop that came first counts as well") {
  std::stop_source stop;
  stop.request_stop();
  const ShutdownDeadline deadline(stop.get_token(), std::chrono::milliseconds{1});
  await(deadline.token());
  CHECK(deadline.token().stop_requested());
}

TEST_CASE("an end within the grace is not waited for, and stops nothing") {
  std::stop_source stop;
  std::stop_token token;
  {
    const ShutdownDeadline deadline(stop.get_token(), std::chrono::hours{1});
    token = deadline.token();
    stop.request_stop();
  }
  CHECK_FALSE(token.stop_requested());
  const ShutdownDeadline idle({}, std::chrono::hours{1});
  CHECK_FALSE(idle.token().stop_requested());
}

}  // namespace syncwright::apply
