#pragma once

#include <functional>
#include <memory>
#include <string>

#include "syncwright/core/clock.h"
#include "syncwright/http/transport.h"

/// What stands between a caller and the transport at the bottom, and knows no Graph: the retry, the
/// trace, and the guard of commands that only read.
namespace syncwright::http {

/// How patient a retry transport is.
struct RetryOptions {
  int max_attempts = 8;
  /// Fewer, since a 500 may be meant: a misspelt secret key is one (docs/graph.md#13.10).
  int max_attempts_on_500 = 4;
  Milliseconds first_delay{500};  ///< doubled each time, full jitter
  Milliseconds longest_delay{30'000};
  /// The answer of a server that asks for a longer wait is returned.
  Milliseconds longest_retry_after{300'000};
  /// Called before each wait, with 0 for the status where there was no answer; empty: nobody
  /// listens.
  std::function<void(const HttpRequest&, int status, Milliseconds delay)> on_retry;
};

/// Sends again on 429, 500, 502, 503, 504, on transport errors and on timeouts, as far as the
/// request says that it may be repeated (Repeatable); honours `Retry-After` in seconds, fractions
/// or as a date (docs/graph.md#13.48). A 429 makes every other request of this transport wait as
/// well (the shared throttle budget), but for one whose body was made from a read: that one comes
/// back as ErrorKind::throttled without having been sent. Looks at method, status and kind, never
/// at text.
[[nodiscard]] std::unique_ptr<HttpTransport> make_retry_transport(HttpTransport& next, Clock& clock,
                                                                  RetryOptions options);

/// One finished exchange. Holds no body, and of the headers the answer's request-id only, both
/// texts without the secrets that this process holds (core/redaction.h).
struct HttpTrace {
  HttpMethod method = HttpMethod::get;
  std::string url;         ///< without user info; query kept
  int status = 0;          ///< 0 where there was no answer
  std::string request_id;  ///< the answer's request-id
  Milliseconds duration{0};
  std::size_t request_bytes = 0;
  std::size_t response_bytes = 0;
};

/// Tells `listener` (called from many threads) of every exchange; for `-v` and for counting.
[[nodiscard]] std::unique_ptr<HttpTransport> make_trace_transport(
    HttpTransport& next, const Clock& clock, std::function<void(const HttpTrace&)> listener);

/// Refuses every method but GET with ErrorKind::guard before anything is sent. What plan, drift,
/// status and logs read Graph over; tokens go another way.
[[nodiscard]] std::unique_ptr<HttpTransport> make_read_only_transport(HttpTransport& next);

}  // namespace syncwright::http
