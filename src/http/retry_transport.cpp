#include "syncwright/http/retry_transport.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <set>
#include <utility>

#include "http/throttle_budget.h"
#include "http/workload.h"
#include "syncwright/core/random.h"
#include "syncwright/http/origin.h"

// To send again is easy; to know when that is safe is not. No answer
// does not mean that nothing happened: a gateway's 504 may stand for a write that was carried out.
// So the request says what a repetition would do (Repeatable, docs/architecture.md#decision-7), and
// only method, status and kind of the answer count. A create that was repeated here would make a
// second application with its own service principal, which no later run could tell from the first;
// a body that was made from a read would overwrite what somebody wrote during the pause.
//
// Throttling concerns the tenant and not the request: after a 429 the other threads would use up
// what the server has just granted, so those that ask for the same kind of thing share one budget
// (throttle_budget.h). Each workload has its own (workload.h): the logs grant five requests in ten
// seconds, and a run that met that limit must not read applications at the same pace.

namespace syncwright::http {

namespace {

bool is_unreachable(const Result<HttpResponse>& result) {
  return !result && result.error().kind == ErrorKind::unreachable;
}

/// Whether nobody answered, or a gateway did in place of the service.
bool is_unanswered(const Result<HttpResponse>& result) {
  if (result) return result->status == 502 || result->status == 504;
  const ErrorKind kind = result.error().kind;
  return kind == ErrorKind::transport || kind == ErrorKind::timeout || is_unreachable(result);
}

/// The hosts that have answered. A name server that fails for a moment, in a run that has reached
/// the host before, is weather like any other.
class ReachedHosts {
 public:
  void note(const std::string& url) {
    const std::optional<Origin> origin = parse_origin(url);
    const std::scoped_lock lock(mutex_);
    if (origin) hosts_.insert(origin->host);
  }
  [[nodiscard]] bool knows(const std::string& url) const {
    const std::optional<Origin> origin = parse_origin(url);
    const std::scoped_lock lock(mutex_);
    return origin && hosts_.contains(origin->host);
  }

 private:
  mutable std::mutex mutex_;
  std::set<std::string> hosts_;
};

bool worth_repeating(Repeatable repeatable, const Result<HttpResponse>& result,
                     bool has_retry_after) {
  const int status = result ? result->status : 0;
  const bool throttled = status == 429 || (status == 503 && has_retry_after);
  switch (repeatable) {
    case Repeatable::yes:
      return throttled || status == 500 || status == 503 || is_unanswered(result);
    case Repeatable::until_answered:
      return throttled || status == 503 || is_unanswered(result);
    case Repeatable::when_throttled:
      return throttled;
    case Repeatable::from_read:
    case Repeatable::no:
      return false;
  }
  return false;
}

class RetryTransport final : public HttpTransport {
 public:
  RetryTransport(HttpTransport& next, Clock& clock, RetryOptions options)
      : next_(next),
        clock_(clock),
        options_(std::move(options)),
        budgets_(budgets_of_workloads(clock, std::make_index_sequence<kWorkloads>())) {}

  Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop) override {
    const bool may_wait = request.repeatable != Repeatable::from_read;
    ThrottleBudget& budget =
        budgets_[static_cast<std::size_t>(workload_of(request.method, request.url))];
    for (int attempt = 1;; ++attempt) {
      const auto turn = may_wait ? budget.await(stop) : budget.take_at_once();
      if (!turn) return may_wait ? cancellation() : refusal_during_pause(budget.pause_left());
      const Instant start = clock_.now();
      Result<HttpResponse> result = next_.send(request, stop);
      const Milliseconds duration = clock_.now() - start;
      if (result) reached_.note(request.url);
      const std::optional<Milliseconds> delay = delay_before_next(request, result, attempt);
      account(budget, *turn, result, delay);
      tell(request, result, duration, attempt, delay);
      if (!delay) return result;
      if (!clock_.wait(*delay, stop)) return cancellation();
    }
  }

 private:
  using Budgets = std::array<ThrottleBudget, kWorkloads>;

  /// They hold a mutex, so that they are made in their place.
  template <std::size_t... Each>
  static Budgets budgets_of_workloads(Clock& clock, std::index_sequence<Each...>) {
    return {((void)Each, ThrottleBudget(clock))...};
  }

  static tl::unexpected<Error> cancellation() {
    return fail(ErrorKind::cancelled, "interrupted while waiting to send a request again");
  }

  static tl::unexpected<Error> refusal_during_pause(Milliseconds left) {
    Error error;
    error.kind = ErrorKind::throttled;
    error.message = "the service has asked for a pause";
    error.retry_after = left;
    return fail(std::move(error));
  }

  /// A throttled create comes back at once; the pause that its answer asks for counts all the same.
  void account(ThrottleBudget& budget, ThrottleBudget::Turn turn,
               const Result<HttpResponse>& result, std::optional<Milliseconds> delay) {
    if (!result) return;
    if (result->status != 429) {
      // Sent only when four fifths of a limit are used up (docs/graph.md#4).
      const bool near_limit = result->headers.get("x-ms-throttle-limit-percentage").has_value();
      return budget.granted(turn, near_limit);
    }
    if (!delay) delay = retry_after(result);
    if (delay && *delay <= options_.longest_retry_after) budget.refused(turn, *delay);
  }

  void tell(const HttpRequest& request, const Result<HttpResponse>& result, Milliseconds duration,
            int attempt, std::optional<Milliseconds> delay) const {
    if (!options_.on_exchange || (options_.only_retries && !delay)) return;
    HttpTrace trace = trace_of(request, result, duration);
    trace.attempt = attempt;
    if (delay) trace.retry = HttpRetry{reason(result), *delay};
    options_.on_exchange(trace);
  }

  /// Of a result that is tried again.
  static const char* reason(const Result<HttpResponse>& result) {
    if (result && result->status == 429) return "throttled";
    return is_unanswered(result) ? "unanswered" : "unavailable";
  }

  /// nullopt where `result` is the final one.
  std::optional<Milliseconds> delay_before_next(const HttpRequest& request,
                                                const Result<HttpResponse>& result, int attempt) {
    const std::optional<Milliseconds> asked = retry_after(result);
    if (attempt >= most_attempts(request, result) ||
        !worth_repeating(request.repeatable, result, asked.has_value())) {
      return std::nullopt;
    }
    if (!asked || *asked == Milliseconds{0}) return backoff(attempt);
    if (*asked > options_.longest_retry_after) return std::nullopt;
    return asked;
  }

  [[nodiscard]] int most_attempts(const HttpRequest& request,
                                  const Result<HttpResponse>& result) const {
    int most = options_.max_attempts;
    if (result && result->status == 500) most = std::min(most, options_.max_attempts_on_500);
    if (is_unreachable(result) && !reached_.knows(request.url)) {
      most = std::min(most, options_.max_attempts_on_unreachable);
    }
    return most;
  }

  std::optional<Milliseconds> retry_after(const Result<HttpResponse>& result) {
    if (!result) return std::nullopt;
    const std::optional<std::string> header = result->headers.get("Retry-After");
    return header ? parse_retry_after(*header, clock_.now()) : std::nullopt;
  }

  /// Full jitter: anything from nothing to the doubled delay, so that clients do not march in step.
  [[nodiscard]] Milliseconds backoff(int attempt) const {
    Milliseconds ceiling = options_.first_delay;
    for (int i = 1; i < attempt && ceiling < options_.longest_delay; ++i) ceiling *= 2;
    ceiling = std::min(ceiling, options_.longest_delay);
    const auto choices =
        static_cast<std::uint64_t>(std::max<Milliseconds::rep>(ceiling.count(), 0)) + 1;
    return Milliseconds{static_cast<Milliseconds::rep>(random_below(choices))};
  }

  HttpTransport& next_;
  Clock& clock_;
  RetryOptions options_;
  Budgets budgets_;  // by workload
  ReachedHosts reached_;
};

}  // namespace

std::unique_ptr<HttpTransport> make_retry_transport(HttpTransport& next, Clock& clock,
                                                    RetryOptions options) {
  return std::make_unique<RetryTransport>(next, clock, std::move(options));
}

}  // namespace syncwright::http
