#include "apply/repetition.h"

#include <algorithm>

namespace syncwright {

namespace {

constexpr Milliseconds kLongestPause{30'000};
/// A server that asks for more is not waited for.
constexpr Milliseconds kLongestAsked{300'000};

}  // namespace

bool is_passing(const Error& error) {
  return error.kind == ErrorKind::throttled ||
         (is_answer_lost(error) && error.kind != ErrorKind::cancelled &&
          error.kind != ErrorKind::redirected);
}

bool is_answered(const Error& error) {
  return error.status == 429 || error.status == 500 || error.status == 503;
}

bool Repetition::again_after(const Error& error) {
  // What was held back for a pause that others were told of was never sent.
  const bool sent = error.kind != ErrorKind::throttled || error.status != 0;
  if ((sent && sends_left_ <= 0) || error.retry_after > kLongestAsked) return false;
  if (sent) --sends_left_;
  const Milliseconds pause = std::max(error.retry_after, delay_);
  delay_ = std::min(delay_ * 2, kLongestPause);
  const Patience& patience = run_.patience();
  if (patience.on_wait) patience.on_wait(what_, Milliseconds{0}, pause);
  return patience.clock.wait(pause, patience.stop);
}

Error Repetition::given_up(Error last) const {
  if (run_.in_doubt() || !run_.patience().stop.stop_requested()) return last;
  Error error;
  error.kind = ErrorKind::cancelled;
  error.message = "interrupted while waiting for " + what_;
  return error;
}

}  // namespace syncwright
