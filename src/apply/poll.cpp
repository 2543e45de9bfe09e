#include "syncwright/apply/poll.h"

#include <fmt/format.h>

#include "syncwright/graph_read/graph_error.h"

namespace syncwright {

namespace {

constexpr Milliseconds kLongestDelay{5'000};

}  // namespace

bool is_awaitable(const Error& error, Tolerance tolerance) {
  if (error.status == 401 || error.lacks_role) return false;
  if (error.kind == ErrorKind::not_found || error.kind == ErrorKind::forbidden ||
      error.kind == ErrorKind::conflict) {
    return true;
  }
  if (tolerance == Tolerance::object) return false;
  if (is_missing_reference(error)) return true;
  return tolerance == Tolerance::templates && error.code == "UnknownError";
}

bool Wait::young() const {
  return subject_.born && patience_.clock.now() - *subject_.born < patience_.window;
}

bool Wait::again_after(const Error& error) {
  if (!young() || !is_awaitable(error, subject_.tolerance)) return false;
  return pause_until(patience_.deadline);
}

bool Wait::again_after_mismatch() {
  return pause_until(young() ? patience_.deadline : std::min(subject_.lag, patience_.deadline));
}

Milliseconds Wait::waited() const {
  return patience_.clock.now() - begun_;
}

bool Wait::pause_until(Milliseconds limit) {
  const Milliseconds elapsed = waited();
  if (elapsed >= limit) return false;
  paused_ = true;
  if (patience_.on_wait) patience_.on_wait(subject_.what, elapsed, limit);
  cancelled_ = !patience_.clock.wait(std::min(delay_, limit - elapsed), patience_.stop);
  delay_ = std::min(delay_ * 2, kLongestDelay);
  return !cancelled_;
}

Error Wait::given_up() const {
  Error error;
  error.kind = cancelled_ ? ErrorKind::cancelled : ErrorKind::not_found;
  if (cancelled_) {
    error.message = fmt::format("interrupted while waiting for {}", subject_.what);
    return error;
  }
  if (!paused_) {
    error.message = fmt::format("expected {}", subject_.what);
    return error;
  }
  error.message = fmt::format("waited {} s in vain for {}", waited().count() / 1000, subject_.what);
  error.advice = "Run apply again: it goes on where this run stopped.";
  return error;
}

Error Wait::given_up(Error last) const {
  if (cancelled_) return given_up();
  if (!paused_) return last;
  return within(std::move(last),
                fmt::format("waited {} s in vain for {}", waited().count() / 1000, subject_.what));
}

}  // namespace syncwright
