#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "syncwright/core/clock.h"
#include "syncwright/http/transport.h"

/// What is told of requests, to whoever watches a run or writes to Microsoft's support.
namespace syncwright::http {

/// That an exchange is followed by another attempt.
struct HttpRetry {
  std::string why;  ///< "throttled", "unavailable" or "unanswered"
  Milliseconds delay{0};
};

/// One finished exchange. Holds no body, and of the headers the two ids only; every text is without
/// the secrets that this process holds (core/redaction.h).
struct HttpTrace {
  HttpMethod method = HttpMethod::get;
  std::string url;                ///< without user info; query kept
  std::string items;              ///< names_of the request's
  int status = 0;                 ///< 0 where there was no answer
  std::string failure;            ///< why there was none: the ErrorKind ("timeout")
  std::string request_id;         ///< the answer's request-id, of a sign-in its x-ms-request-id
  std::string client_request_id;  ///< the request's own
  std::string protocol;           ///< "HTTP/2"; empty where no socket was involved
  Milliseconds duration{0};
  std::size_t request_bytes = 0;   ///< of the body
  std::size_t response_bytes = 0;  ///< of the body, inflated
  int attempt = 1;
  std::optional<HttpRetry> retry;  ///< nullopt: this was the last one
};

/// "PATCH /applications/ID, GET /servicePrincipals/ID"; empty for none.
[[nodiscard]] std::string names_of(const std::vector<HttpItem>& items);

[[nodiscard]] HttpTrace trace_of(const HttpRequest& request, const Result<HttpResponse>& result,
                                 Milliseconds duration);

/// Tells `listener` (called from many threads) of every exchange, as a stack without retries has
/// them (RetryOptions::on_exchange is for the others).
[[nodiscard]] std::unique_ptr<HttpTransport> make_trace_transport(
    HttpTransport& next, const Clock& clock, std::function<void(const HttpTrace&)> listener);

}  // namespace syncwright::http
