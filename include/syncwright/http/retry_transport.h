#pragma once

#include <functional>
#include <memory>

#include "syncwright/core/clock.h"
#include "syncwright/http/transport.h"

namespace syncwright {

struct RetryOptions {
  int max_attempts = 8;
  /// Fewer, since a 500 may be meant: a misspelt secret key is one (docs/graph.md#13.10).
  int max_attempts_on_500 = 4;
  Milliseconds first_delay{500};  ///< doubled each time, full jitter
  Milliseconds longest_delay{30'000};
  Milliseconds longest_retry_after{
      300'000};  ///< a server that asks for more gets its answer returned
  /// Told before each wait: the request, the status (0 = no answer) and the delay.
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

}  // namespace syncwright
