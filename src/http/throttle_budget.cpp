#include "http/throttle_budget.h"

#include <algorithm>

// A service that throttles hides a bucket: it fills at a rate that nobody publishes, and a request
// that finds it empty is a 429. The rate is what we have to find. The trick is that a 429 is a
// measurement: at that moment the bucket was empty. So what was granted between one 429 and the
// next one is what flowed into it in between, however large it is, as long as it did not overflow
// while we were idle. The second 429 of a run therefore tells the rate almost exactly, and the
// later ones correct it. The first tells little, since what was granted before it lay in the bucket
// already; it may be far too high, and is cut down by the ones that follow at once.
//
// After each 429 requests start a little below that rate, evenly spaced: nobody wakes up in a
// crowd. Then the rate grows: slowly around what was measured, where the next 429 is expected, and
// the faster the longer none comes, so that a limit that was raised is found. A 429 in a row of
// hundreds is what that costs. Answers to requests that started before the last shrinking say
// nothing new: a burst of refusals counts once.
//
// Refusals that follow each other within a second measure nothing. Each cuts the rate, together
// perhaps far too deep, so after a second it climbs fast instead of slowly: the next 429 then comes
// soon, and late enough to be a measurement.
//
// Only use makes the rate grow, and only use is measured: of a budget that lay idle nobody knows
// whether it would have been granted.

namespace syncwright::http {

namespace {

using namespace std::chrono_literals;

constexpr double kAfterRefusal = 0.98;  ///< of the measured rate
constexpr double kGrowth = 0.02;        ///< of it, after the time below; grows with its square
constexpr std::chrono::duration<double> kGrowthTime = 10s;
constexpr std::chrono::duration<double> kSearchTime = 4s;  ///< doubles a rate that nobody measured
constexpr double kLargestCut = 0.25;    ///< one measurement may be off, so it does not count alone
constexpr double kUnmeasuredCut = 0.7;  ///< where too little time passed to measure anything
constexpr double kLeastRate = 1;        ///< requests a second
constexpr double kLeastFirstRate = 10;  ///< the first 429 may concern one path of many
constexpr double kFirstGuess = 2;       ///< too high costs one more 429, too low a long climb
constexpr auto kShortestMeasurement = 1s;
constexpr auto kIdle = 1s;
/// Who wakes up late catches up, so that the rate is met on average.
constexpr auto kCatchUp = 50ms;

std::chrono::sys_time<std::chrono::microseconds> moment(Instant instant) {
  return std::chrono::time_point_cast<std::chrono::microseconds>(instant);
}

}  // namespace

ThrottleBudget::ThrottleBudget(Clock& clock)
    : clock_(clock),
      seen_(moment(clock.now())),
      pause_until_(seen_),
      next_start_(seen_),
      used_until_(seen_),
      measured_from_(seen_) {}

/// A machine's clock may be set back: what was to happen in a second is not to take an hour.
ThrottleBudget::Moment ThrottleBudget::look_at_clock() {
  const Moment now = moment(clock_.now());
  if (now < seen_) {
    const auto step = seen_ - now;
    for (Moment* each : {&pause_until_, &next_start_, &used_until_, &measured_from_}) *each -= step;
  }
  seen_ = now;
  return now;
}

double ThrottleBudget::rate() const {
  if (!is_measured_) {
    const Seconds searching = std::max(Seconds{0}, growing_ - kShortestMeasurement);
    return std::max(kLeastRate, estimate_ * (kAfterRefusal + searching / kSearchTime));
  }
  const double steps = growing_ / kGrowthTime;
  return std::max(kLeastRate, estimate_ * (kAfterRefusal + kGrowth * steps * steps));
}

ThrottleBudget::Moment ThrottleBudget::time_of(std::uint64_t ticket) const {
  if (ticket < next_) return pause_until_;  // its time has come, but for a pause
  const Seconds behind(static_cast<double>(ticket - next_) / rate());
  return std::max(pause_until_,
                  next_start_ + std::chrono::duration_cast<std::chrono::microseconds>(behind));
}

ThrottleBudget::Turn ThrottleBudget::start(Moment due, Moment now) {
  if (now - std::max(used_until_, next_start_) >= kIdle) {
    measured_from_ = now;
    granted_since_ = 0;
  } else if (now > used_until_) {
    growing_ += now - used_until_;
  }
  used_until_ = std::max(used_until_, now);
  const auto gap = std::chrono::duration_cast<std::chrono::microseconds>(Seconds(1 / rate()));
  next_start_ = std::max(due, now - kCatchUp) + gap;
  return Turn{episode_};
}

std::optional<ThrottleBudget::Turn> ThrottleBudget::await(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  const std::uint64_t ticket = issued_++;
  while (true) {
    const Moment now = look_at_clock();
    const Moment due = time_of(ticket);
    if (due <= now) {
      if (ticket < next_) return Turn{episode_};  // one behind it woke up first and counted both
      next_ = ticket + 1;
      return start(due, now);
    }
    lock.unlock();
    if (!clock_.wait(std::chrono::ceil<Milliseconds>(due - now), stop)) return std::nullopt;
    lock.lock();
  }
}

std::optional<ThrottleBudget::Turn> ThrottleBudget::take_at_once() {
  const std::scoped_lock lock(mutex_);
  const Moment now = look_at_clock();
  if (pause_until_ > now) return std::nullopt;
  return start(next_start_, now);
}

Milliseconds ThrottleBudget::pause_left() {
  const std::scoped_lock lock(mutex_);
  return std::max(Milliseconds{0}, std::chrono::ceil<Milliseconds>(pause_until_ - look_at_clock()));
}

void ThrottleBudget::granted(Turn turn, bool near_limit) {
  const std::scoped_lock lock(mutex_);
  if (turn.episode != episode_) return;
  granted_since_ += 1;
  if (!near_limit) return;
  growing_ = std::min<Seconds>(growing_, is_measured_ ? kGrowthTime : kShortestMeasurement);
}

void ThrottleBudget::refused(Turn turn, Milliseconds pause) {
  const std::scoped_lock lock(mutex_);
  const Moment now = look_at_clock();
  if (turn.episode == episode_) shrink(now);
  pause_until_ = std::max(pause_until_, now + pause);
  next_start_ = std::max(next_start_, pause_until_);
  used_until_ = std::max(used_until_, pause_until_);
}

void ThrottleBudget::shrink(Moment now) {
  const double before = rate();
  const Seconds measured = now - measured_from_;
  const bool is_first = episode_++ == 0;
  is_measured_ = !is_first && measured >= kShortestMeasurement;
  if (is_first) {
    const double seconds = std::max<Seconds>(measured, kShortestMeasurement).count();
    estimate_ = std::max(kLeastFirstRate, kFirstGuess * granted_since_ / seconds);
  } else if (measured < kShortestMeasurement) {
    estimate_ = before * kUnmeasuredCut;
  } else {
    estimate_ = std::clamp(granted_since_ / measured.count(), before * kLargestCut, before);
  }
  growing_ = Seconds{0};
  used_until_ = now;
  if (is_first || measured >= kShortestMeasurement) {
    measured_from_ = now;
    granted_since_ = 0;
  }
}

}  // namespace syncwright::http
