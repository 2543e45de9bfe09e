#pragma once

#include <functional>
#include <memory>

#include "syncwright/core/clock.h"
#include "syncwright/http/trace.h"
#include "syncwright/http/transport.h"

namespace syncwright::http {

/// How patient a retry transport is.
struct RetryOptions {
  int max_attempts = 8;
  /// Fewer, since a 500 may be meant: a misspelt secret key is one (docs/graph.md#13.10).
  int max_attempts_on_500 = 4;
  /// ErrorKind::unreachable of a host that has not been reached before: the address is wrong, or
  /// the network is another one, and neither mends itself.
  int max_attempts_on_unreachable = 2;
  Milliseconds first_delay{500};  ///< doubled each time, full jitter
  Milliseconds longest_delay{30'000};
  /// The answer of a server that asks for a longer wait is returned.
  Milliseconds longest_retry_after{300'000};
  /// Called after each exchange, from many threads, and before the wait where it is tried again;
  /// empty: nobody listens.
  std::function<void(const HttpTrace&)> on_exchange;
  /// Nobody listens but to exchanges that are tried again: a trace is not free.
  bool only_retries = false;
};

/// Sends again on 429, 500, 502, 503, 504, on transport errors, on timeouts and where nobody could
/// be asked, as far as the request says that it may be repeated (Repeatable); honours `Retry-After`
/// in seconds, fractions or as a date (docs/graph.md#13.48). Looks at method, status and kind,
/// never at text.
///
/// Requests that the service meters together share one throttle budget: the logs, provisioning on
/// demand, bulk uploads, sign-in, and everything else (docs/graph.md#4). There is none until the
/// first 429. That one makes every request of the kind wait for as long as it asks, and from then
/// on they start as fast as the service was seen to grant, in the order in which they came. A
/// request whose body was made from a read waits for no turn, since the read has waited for it;
/// during a pause it comes back as ErrorKind::throttled without having been sent.
[[nodiscard]] std::unique_ptr<HttpTransport> make_retry_transport(HttpTransport& next, Clock& clock,
                                                                  RetryOptions options);

}  // namespace syncwright::http
