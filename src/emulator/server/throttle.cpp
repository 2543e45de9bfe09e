#include "syncwright/emulator/throttle.h"

#include <algorithm>

namespace syncwright::emulator {

Throttle::Verdict Throttle::take(Instant now) {
  const std::scoped_lock lock(mutex_);
  if (now > at_) {
    // A bucket is full after one second, however long it was left alone.
    const Milliseconds::rep passed = std::min<Milliseconds::rep>((now - at_).count(), 1'000);
    level_ = std::min(level_ + passed * rate_, capacity());
    at_ = now;
  }
  Verdict verdict;
  if (level_ >= one_request) {
    level_ -= one_request;
  } else {
    verdict.wait = Milliseconds{(one_request - level_ + rate_ - 1) / rate_};
  }
  verdict.percent_used = static_cast<int>((capacity() - level_) * 100 / capacity());
  return verdict;
}

}  // namespace syncwright::emulator
