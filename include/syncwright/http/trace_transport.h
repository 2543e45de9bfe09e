#pragma once

#include <functional>
#include <memory>
#include <string>

#include "syncwright/core/clock.h"
#include "syncwright/http/transport.h"

namespace syncwright {

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

}  // namespace syncwright
