#include "syncwright/http/trace_transport.h"

#include <utility>

#include "syncwright/core/redaction.h"

namespace syncwright {

namespace {

/// "https://user:password@host/path" loses what stands before the `@`.
std::string without_user_info(const std::string& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) return url;
  const std::size_t start = scheme + 3;
  const std::size_t end = url.find_first_of("/?#", start);
  const std::size_t at = url.substr(0, end).rfind('@');
  if (at == std::string::npos || at < start) return url;
  return url.substr(0, start) + url.substr(at + 1);
}

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
    trace.url = without_held_secrets(without_user_info(request.url));
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

}  // namespace syncwright
