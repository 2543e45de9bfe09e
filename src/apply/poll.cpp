#include "syncwright/apply/poll.h"

#include <fmt/format.h>

#include <algorithm>

#include "syncwright/graph_read/graph_error.h"

namespace syncwright::apply {

namespace {

constexpr Milliseconds kLongestDelay{5'000};

}  // namespace

bool is_transient(const Error& error, Transient transient) {
  if (error.status == 401 || error.lacks_role) return false;
  if (error.kind == ErrorKind::forbidden || error.kind == ErrorKind::conflict) return true;
  if (transient == Transient::present) return false;
  if (error.kind == ErrorKind::not_found) return true;
  if (transient == Transient::object) return false;
  if (graph_read::is_missing_reference(error)) return true;
  return transient == Transient::templates && error.code == "UnknownError";
}

bool Wait::again_after(const Error& error) {
  if (!is_young() || !is_transient(error, target_.transient)) return false;
  return pause_until(policy_.deadline);
}

bool Wait::again_after_mismatch() {
  return pause_until(is_young() ? policy_.deadline : std::min(target_.lag, policy_.deadline));
}

bool Wait::pause_until(Milliseconds limit) {
  const Milliseconds waited = elapsed();
  if (waited >= limit) return false;
  paused_ = true;
  if (policy_.on_wait) policy_.on_wait(target_.what, waited, limit);
  cancelled_ = !policy_.clock.wait(std::min(delay_, limit - waited), policy_.stop);
  delay_ = std::min(delay_ * 2, kLongestDelay);
  return !cancelled_;
}

Error Wait::give_up() const {
  Error error;
  error.kind = cancelled_ ? ErrorKind::cancelled : ErrorKind::not_found;
  if (cancelled_) {
    error.message = fmt::format("interrupted while waiting for {}", target_.what);
    return error;
  }
  if (!paused_) {
    error.message = fmt::format("expected {}", target_.what);
    return error;
  }
  error.message = fmt::format("waited {} s in vain for {}", elapsed().count() / 1000, target_.what);
  error.advice = "Run apply again: it goes on where this run stopped.";
  return error;
}

Error Wait::give_up(Error last) const {
  if (cancelled_) return give_up();
  if (!paused_) return last;
  return within(std::move(last),
                fmt::format("waited {} s in vain for {}", elapsed().count() / 1000, target_.what));
}

}  // namespace syncwright::apply
