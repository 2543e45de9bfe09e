#include "syncwright/http/decorators.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <utility>

#include "syncwright/core/random.h"
#include "syncwright/core/redaction.h"
#include "syncwright/http/origin.h"

// The hard one is the retry: to send again is easy; to know when that is safe is not. No answer
// does not mean that nothing happened: a gateway's 504 may stand for a write that was carried out.
// So the request says what a repetition would do (Repeatable, docs/architecture.md#decision-7), and
// only method, status and kind of the answer count. A create that was repeated here would make a
// second application with its own service principal, which no later run could tell from the first;
// a body that was made from a read would overwrite what somebody wrote during the pause.
//
// Throttling concerns the tenant and not the request: after a 429 the other threads would use up
// what the server has just granted, so one pause holds them all.

namespace syncwright::http {

namespace {

/// Whether nobody answered, or a gateway did in place of the service.
bool is_unanswered(const Result<HttpResponse>& result) {
  if (result) return result->status == 502 || result->status == 504;
  const ErrorKind kind = result.error().kind;
  return kind == ErrorKind::transport || kind == ErrorKind::timeout;
}

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

/// The throttle budget that all requests of one transport share: nobody sends before it is over.
class Pause {
 public:
  void extend(Instant until) {
    const std::scoped_lock lock(mutex_);
    until_ = std::max(until_, until);
  }

  /// False where `stop` came first.
  bool wait_out(Clock& clock, const std::stop_token& stop) {
    while (true) {
      const Milliseconds left = remaining(clock);
      if (left <= Milliseconds{0}) return true;
      if (!clock.wait(left, stop)) return false;
    }
  }

  Milliseconds remaining(Clock& clock) {
    const std::scoped_lock lock(mutex_);
    return until_ - clock.now();
  }

 private:
  std::mutex mutex_;
  Instant until_;
};

class RetryTransport final : public HttpTransport {
 public:
  RetryTransport(HttpTransport& next, Clock& clock, RetryOptions options)
      : next_(next), clock_(clock), options_(std::move(options)) {}

  Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop) override {
    for (int attempt = 1;; ++attempt) {
      const Milliseconds left = pause_.remaining(clock_);
      if (request.repeatable == Repeatable::from_read && left > Milliseconds{0}) {
        return refusal_during_pause(left);
      }
      if (!pause_.wait_out(clock_, stop)) return cancellation();
      Result<HttpResponse> result = next_.send(request, stop);
      const int status = result ? result->status : 0;
      const std::optional<Milliseconds> delay = delay_before_next(request, result, attempt);
      if (status == 429) hold_everybody_back(result, delay);
      if (!delay) return result;
      if (options_.on_retry) options_.on_retry(request, status, *delay);
      if (!clock_.wait(*delay, stop)) return cancellation();
    }
  }

 private:
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
  void hold_everybody_back(const Result<HttpResponse>& result, std::optional<Milliseconds> delay) {
    if (!delay) delay = retry_after(result);
    if (delay && *delay <= options_.longest_retry_after) pause_.extend(clock_.now() + *delay);
  }

  /// nullopt where `result` is the final one.
  std::optional<Milliseconds> delay_before_next(const HttpRequest& request,
                                                const Result<HttpResponse>& result, int attempt) {
    const std::optional<Milliseconds> asked = retry_after(result);
    const bool failed = result && result->status == 500;
    const int most = failed ? options_.max_attempts_on_500 : options_.max_attempts;
    if (attempt >= std::min(most, options_.max_attempts) ||
        !worth_repeating(request.repeatable, result, asked.has_value())) {
      return std::nullopt;
    }
    if (!asked || *asked == Milliseconds{0}) return backoff(attempt);
    if (*asked > options_.longest_retry_after) return std::nullopt;
    return asked;
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
  Pause pause_;
};

}  // namespace

std::unique_ptr<HttpTransport> make_retry_transport(HttpTransport& next, Clock& clock,
                                                    RetryOptions options) {
  return std::make_unique<RetryTransport>(next, clock, std::move(options));
}

namespace {

class TraceTransport final : public HttpTransport {
 public:
  TraceTransport(HttpTransport& next, const Clock& clock,
                 std::function<void(const HttpTrace&)> listener)
      : next_(next), clock_(clock), listener_(std::move(listener)) {}

  Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop) override {
    const Instant start = clock_.now();
    Result<HttpResponse> result = next_.send(request, std::move(stop));
    HttpTrace trace;
    trace.method = request.method;
    // What a server wrote may repeat what it was sent: a link to the next page, and a header.
    trace.url = without_held_secrets(without_user_info(request.url, ""));
    trace.duration = clock_.now() - start;
    trace.request_bytes = request.body.size();
    if (result) {
      trace.status = result->status;
      trace.request_id = without_held_secrets(result->headers.get("request-id").value_or(""));
      trace.response_bytes = result->body.size();
    }
    if (listener_) listener_(trace);
    return result;
  }

 private:
  HttpTransport& next_;
  const Clock& clock_;
  std::function<void(const HttpTrace&)> listener_;
};

}  // namespace

std::unique_ptr<HttpTransport> make_trace_transport(
    HttpTransport& next, const Clock& clock, std::function<void(const HttpTrace&)> listener) {
  return std::make_unique<TraceTransport>(next, clock, std::move(listener));
}

namespace {

class ReadOnlyTransport final : public HttpTransport {
 public:
  explicit ReadOnlyTransport(HttpTransport& next) : next_(next) {}

  Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop) override {
    if (request.method != HttpMethod::get) {
      return fail(ErrorKind::guard, fmt::format("refused to send {} {}: this command only reads",
                                                to_string(request.method),
                                                request.url.substr(0, request.url.find('?'))));
    }
    return next_.send(request, std::move(stop));
  }

 private:
  HttpTransport& next_;
};

}  // namespace

std::unique_ptr<HttpTransport> make_read_only_transport(HttpTransport& next) {
  return std::make_unique<ReadOnlyTransport>(next);
}

}  // namespace syncwright::http
