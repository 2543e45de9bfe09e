#include "syncwright/http/trace.h"

#include <utility>

#include "syncwright/core/redaction.h"
#include "syncwright/http/origin.h"

namespace syncwright::http {

namespace {

/// Graph's name of the header, or the sign-in service's.
std::string request_id_of(const HttpHeaders& headers) {
  const auto id = headers.get("request-id");
  return id ? *id : headers.get("x-ms-request-id").value_or("");
}

}  // namespace

std::string names_of(const std::vector<HttpItem>& items) {
  std::string names;
  for (const HttpItem& item : items) {
    if (!names.empty()) names += ", ";
    names += std::string(to_string(item.method)) + " " + item.path;
  }
  return names;
}

HttpTrace trace_of(const HttpRequest& request, const Result<HttpResponse>& result,
                   Milliseconds duration) {
  constexpr const char* client_id = "client-request-id";
  HttpTrace trace;
  trace.method = request.method;
  // What a server wrote may repeat what it was sent: a link to the next page.
  trace.url = without_held_secrets(without_user_info(request.url, ""));
  trace.items = without_held_secrets(names_of(request.items));
  trace.client_request_id = request.headers.get(client_id).value_or("");
  trace.duration = duration;
  trace.request_bytes = request.body.size();
  if (!result) {
    trace.failure = to_string(result.error().kind);
    return trace;
  }
  trace.status = result->status;
  trace.request_id = request_id_for_log(request_id_of(result->headers));
  trace.protocol = result->protocol;
  trace.response_bytes = result->body.size();
  return trace;
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
    if (listener_) listener_(trace_of(request, result, clock_.now() - start));
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

}  // namespace syncwright::http
