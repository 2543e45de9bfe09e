#include "syncwright/http/trace.h"

#include <doctest/doctest.h>

#include "syncwright/core/secret.h"
#include "unit/http/scripted_transport.h"
#include "unit/manual_clock.h"

using namespace syncwright;
using namespace syncwright::http;
using namespace std::chrono_literals;

namespace {

/// What the listener is told of one exchange that takes `duration`.
HttpTrace traced(const HttpRequest& request, Result<HttpResponse> answer,
                 Milliseconds duration = 0ms) {
  ManualClock clock;
  ScriptedTransport next({std::move(answer)});
  next.on_send = [&] { clock.advance(duration); };
  std::vector<HttpTrace> traces;
  const auto transport =
      make_trace_transport(next, clock, [&](const HttpTrace& trace) { traces.push_back(trace); });
  static_cast<void>(transport->send(request, {}));
  REQUIRE(traces.size() == 1);
  return traces.front();
}

}  // namespace

TEST_CASE("an exchange is told with its sizes, status and duration") {
  HttpRequest request;
  request.method = HttpMethod::patch;
  request.url = "https://graph.test/v1.0/users?$top=1";
  request.body = "hush";
  request.headers.set("client-request-id", "77aa");
  const HttpTrace trace =
      traced(request, HttpResponse{404, {{"Request-Id", "0f2b"}}, "not found", "HTTP/2"}, 250ms);
  CHECK(trace.method == HttpMethod::patch);
  CHECK(trace.url == "https://graph.test/v1.0/users?$top=1");
  CHECK(trace.status == 404);
  CHECK(trace.request_id == "0f2b");
  CHECK(trace.client_request_id == "77aa");
  CHECK(trace.protocol == "HTTP/2");
  CHECK(trace.failure.empty());
  CHECK(trace.attempt == 1);
  CHECK_FALSE(trace.retry);
  CHECK(trace.duration == 250ms);
  CHECK(trace.request_bytes == 4);
  CHECK(trace.response_bytes == 9);
}

TEST_CASE("an exchange without an answer has status 0") {
  const HttpTrace trace = traced({}, fail(ErrorKind::transport, "connection reset"));
  CHECK(trace.status == 0);
  CHECK(trace.failure == "transport");
  CHECK(trace.request_id.empty());
  CHECK(trace.response_bytes == 0);
}

TEST_CASE("the sign-in service names its request otherwise") {
  const HttpTrace trace = traced({}, HttpResponse{200, {{"x-ms-request-id", "5c1e"}}, ""});
  CHECK(trace.request_id == "5c1e");
}

TEST_CASE("user info leaves the URL") {
  const auto traced_url = [](const std::string& url) {
    HttpRequest request;
    request.url = url;
    return traced(request, HttpResponse{200, {}, ""}).url;
  };
  CHECK(traced_url("https://user:hush@host/p?q=a@b") == "https://host/p?q=a@b");
  CHECK(traced_url("https://us@er:hush@host") == "https://host");
  CHECK(traced_url("https://user@host?mail=a@b") == "https://host?mail=a@b");
  CHECK(traced_url("https://host/users/ada@contoso.com") == "https://host/users/ada@contoso.com");
  CHECK(traced_url("nonsense@") == "nonsense@");
}

TEST_CASE("what repeats a secret that is held is told without it, in any encoding") {
  const Secret secret("correct-horse-4711");
  HttpRequest request;
  request.url = "https://graph.test/v1.0/users?$skiptoken=correct-horse-4711";
  for (const auto& [id, told] :
       {std::pair("correct-horse-4711", "(secret)"),
        std::pair("Y29ycmVjdC1ob3JzZS00NzEx", "(secret)"),
        std::pair("Basic dXNlcjpjb3JyZWN0LWhvcnNlLTQ3MTE=", "Basic dXNlcj(secret)=")}) {
    const HttpTrace trace = traced(request, HttpResponse{200, {{"request-id", id}}, ""});
    CHECK(trace.url == "https://graph.test/v1.0/users?$skiptoken=(secret)");
    CHECK(trace.request_id == told);
    CHECK(trace.status == 200);
  }
}

TEST_CASE("the answer comes back unchanged") {
  ManualClock clock;
  ScriptedTransport next({HttpResponse{201, {}, "made"}});
  const auto transport = make_trace_transport(next, clock, nullptr);
  const auto answer = transport->send({}, {});
  REQUIRE(answer);
  CHECK(answer->status == 201);
  CHECK(answer->body == "made");
}
