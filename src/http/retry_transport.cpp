#include "syncwright/http/retry_transport.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "syncwright/core/json.h"
#include "syncwright/core/random.h"
#include "syncwright/http/retry_after.h"

namespace syncwright {

namespace {

/// Graph's own 500 says {"error": {...}}: it was understood, and would fail again.
bool has_graph_error(const HttpResponse& response) {
  const Result<Json> body = parse_json(response.body);
  return body && member_or_null(*body, "error").is_object();
}

bool worth_repeating(const HttpRequest& request, const Result<HttpResponse>& result,
                     bool has_retry_after) {
  const bool repeatable = request.repeatable == Repeatable::yes;
  if (!result) {
    const ErrorKind kind = result.error().kind;
    return repeatable && (kind == ErrorKind::transport || kind == ErrorKind::timeout);
  }
  switch (result->status) {
    case 429:
      return true;
    case 503:
      return repeatable || has_retry_after;
    case 502:
    case 504:
      return repeatable;
    case 500:
      return repeatable && !has_graph_error(*result);
    default:
      return false;
  }
}

/// The throttle budget that all requests of one transport share: nobody sends before it is over.
class Pause {
 public:
  void extend(Instant until) {
    const std::scoped_lock lock(mutex_);
    until_ = std::max(until_, until);
  }

  /// False where `stop` came first.
  bool sit_out(Clock& clock, const std::stop_token& stop) {
    while (true) {
      const Milliseconds left = until() - clock.now();
      if (left <= Milliseconds{0}) return true;
      if (!clock.wait(left, stop)) return false;
    }
  }

 private:
  Instant until() {
    const std::scoped_lock lock(mutex_);
    return until_;
  }

  std::mutex mutex_;
  Instant until_;
};

class RetryTransport final : public HttpTransport {
 public:
  RetryTransport(HttpTransport& next, Clock& clock, RetryOptions options)
      : next_(next), clock_(clock), options_(std::move(options)) {}

  Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop) override {
    for (int attempt = 1;; ++attempt) {
      if (!pause_.sit_out(clock_, stop)) return cancelled();
      Result<HttpResponse> result = next_.send(request, stop);
      const std::optional<Milliseconds> delay = delay_before_next(request, result, attempt);
      if (!delay) return result;
      const int status = result ? result->status : 0;
      if (status == 429) pause_.extend(clock_.now() + *delay);
      if (options_.on_retry) options_.on_retry(request, status, *delay);
      if (!clock_.wait(*delay, stop)) return cancelled();
    }
  }

 private:
  static tl::unexpected<Error> cancelled() {
    return fail(ErrorKind::cancelled, "interrupted while waiting to send a request again");
  }

  /// nullopt where `result` is the final one.
  std::optional<Milliseconds> delay_before_next(const HttpRequest& request,
                                                const Result<HttpResponse>& result, int attempt) {
    const std::optional<Milliseconds> asked = retry_after(result);
    if (attempt >= options_.max_attempts || !worth_repeating(request, result, asked.has_value())) {
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

}  // namespace syncwright
