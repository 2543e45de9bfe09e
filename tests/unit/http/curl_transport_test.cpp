#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <cstdlib>
#include <latch>

#include "syncwright/core/worker_pool.h"
#include "unit/http/curl.h"
#include "unit/http/loopback_server.h"

using namespace syncwright;
using namespace syncwright::http;
using namespace std::chrono_literals;

namespace {

HttpRequest request(const std::string& url, HttpMethod method = HttpMethod::get) {
  HttpRequest made;
  made.url = url;
  made.method = method;
  return made;
}

Result<HttpResponse> send(HttpTransport& transport, const HttpRequest& sent) {
  return transport.send(sent, {});
}

std::string body_of(const Result<HttpResponse>& result) {
  return result ? result->body : "error: " + result.error().message;
}

ErrorKind kind_of(const Result<HttpResponse>& result) {
  REQUIRE_FALSE(result);
  return result.error().kind;
}

/// The request as the server saw it.
void echo(const httplib::Request& seen, httplib::Response& answer) {
  std::string text = seen.method + " " + seen.target + "\n";
  for (const char* name :
       {"Accept", "Authorization", "Content-Length", "Content-Type", "Expect", "User-Agent"}) {
    if (seen.has_header(name))
      text += std::string(name) + ": " + seen.get_header_value(name) + "\n";
  }
  answer.set_content(text + seen.body, "application/x-unpacked");
}

}  // namespace

TEST_CASE("requests arrive as they were made") {
  LoopbackServer loopback;
  loopback.server().Get(".*", echo).Post(".*", echo).Put(".*", echo).Patch(".*", echo);
  loopback.server().Delete(".*", echo);
  loopback.start();
  const auto transport = curl_transport();

  HttpRequest get = request(loopback.url("/a%2Fb/c(d='e')?$filter=x%20eq%201"));
  get.headers = {{"Accept", "application/json"}, {"Authorization", "Bearer t"}};
  CHECK(body_of(send(*transport, get)) ==
        "GET /a%2Fb/c(d='e')?$filter=x%20eq%201\nAccept: application/json\n"
        "Authorization: Bearer t\nUser-Agent: syncwright\n");

  HttpRequest patch = request(loopback.url("/p"), HttpMethod::patch);
  patch.headers = {{"content-type", "application/json"}};
  patch.body = std::string("{\"a\":\"\0\"}", 9);
  CHECK(body_of(send(*transport, patch)) ==
        "PATCH /p\nAccept: */*\nContent-Length: 9\nContent-Type: application/json\n"
        "User-Agent: syncwright\n" +
            patch.body);

  CHECK(body_of(send(*transport, request(loopback.url("/s"), HttpMethod::post))) ==
        "POST /s\nAccept: */*\nContent-Length: 0\nUser-Agent: syncwright\n");
  CHECK(body_of(send(*transport, request(loopback.url("/d"), HttpMethod::del))) ==
        "DELETE /d\nAccept: */*\nUser-Agent: syncwright\n");

  HttpRequest put = request(loopback.url("/u"), HttpMethod::put);
  put.body.assign(3'000'000, 'x');
  CHECK(body_of(send(*transport, put)) ==
        "PUT /u\nAccept: */*\nContent-Length: 3000000\nUser-Agent: syncwright\n" + put.body);
}

TEST_CASE("any complete answer comes back, with its headers in order") {
  LoopbackServer loopback;
  loopback.server().Get("/", [](const httplib::Request&, httplib::Response& answer) {
    answer.status = 429;
    answer.set_header("Retry-After", "2.128");
    answer.headers.emplace("X-Twice", "one");
    answer.headers.emplace("X-Twice", "two");
    answer.set_content("slow down", "text/html");
  });
  loopback.start();
  const auto transport = curl_transport();
  const auto answer = send(*transport, request(loopback.url("/")));
  REQUIRE(answer);
  CHECK(answer->status == 429);
  CHECK(answer->body == "slow down");
  CHECK(answer->headers.get("retry-after") == "2.128");
  std::string twice;
  for (const auto& [name, value] : answer->headers.fields()) {
    if (name == "X-Twice") twice += value + " ";
  }
  CHECK(twice == "one two ");
}

TEST_CASE("a redirect comes back and is not followed") {
  LoopbackServer loopback;
  std::atomic<int> followed = 0;
  loopback.server().Get("/from", [&](const httplib::Request&, httplib::Response& answer) {
    answer.set_redirect(loopback.url("/to"));
  });
  loopback.server().Get("/to", [&](const httplib::Request&, httplib::Response&) { ++followed; });
  loopback.start();
  const auto transport = curl_transport();
  const auto answer = send(*transport, request(loopback.url("/from")));
  REQUIRE(answer);
  CHECK(answer->status == 302);
  CHECK(answer->headers.get("Location") == loopback.url("/to"));
  CHECK(followed == 0);
}

TEST_CASE("a body over the bound ends the transfer") {
  LoopbackServer loopback;
  loopback.server().Get("/exact", [](const httplib::Request&, httplib::Response& answer) {
    answer.set_content(std::string(1000, 'x'), "application/x-unpacked");
  });
  loopback.server().Get("/endless", [](const httplib::Request&, httplib::Response& answer) {
    answer.set_chunked_content_provider("text/plain", [](std::size_t, httplib::DataSink& sink) {
      const std::string block(65536, 'x');
      return sink.write(block.data(), block.size());
    });
  });
  loopback.start();
  const auto transport = curl_transport();
  HttpRequest exact = request(loopback.url("/exact"));
  exact.max_response_bytes = 1000;
  CHECK(body_of(send(*transport, exact)).size() == 1000);
  exact.max_response_bytes = 999;
  CHECK(kind_of(send(*transport, exact)) == ErrorKind::too_large);
  const auto endless = send(*transport, request(loopback.url("/endless")));
  CHECK(kind_of(endless) == ErrorKind::too_large);
  CHECK(endless.error().message == "GET 127.0.0.1: the answer is larger than 16777216 bytes");
}

TEST_CASE("compressed answers are unpacked, and bounded by what comes out") {
  LoopbackServer loopback;
  loopback.server().Get("/(\\d+)", [](const httplib::Request& seen, httplib::Response& answer) {
    answer.set_content(std::string(std::stoul(seen.matches[1]), 'x'), "text/plain");
  });
  loopback.start();
  const auto transport = curl_transport();
  for (const char* encoding : {"gzip", "br"}) {
    CAPTURE(encoding);
    HttpRequest small = request(loopback.url("/500000"));
    small.headers = {{"Accept-Encoding", encoding}};
    const auto answer = send(*transport, small);
    REQUIRE(answer);
    CHECK(answer->headers.get("Content-Encoding") == encoding);
    CHECK(std::stoi(answer->headers.get("Content-Length").value_or("500000")) < 5000);
    CHECK(answer->body == std::string(500'000, 'x'));
    HttpRequest bomb = request(loopback.url("/30000000"));
    bomb.headers = small.headers;
    bomb.max_response_bytes = 1'000'000;
    CHECK(kind_of(send(*transport, bomb)) == ErrorKind::too_large);
  }
  const auto asked = send(*transport, request(loopback.url("/500000")));
  REQUIRE(asked);
  CHECK(asked->headers.get("Content-Encoding").has_value());
}

TEST_CASE("a stop request aborts a transfer that hangs") {
  LoopbackServer loopback;
  std::latch entered(1);
  std::latch released(1);
  loopback.server().Get("/hang", [&](const httplib::Request&, httplib::Response&) {
    entered.count_down();
    released.wait();
  });
  loopback.start();
  const auto transport = curl_transport();
  std::stop_source stop;
  const std::jthread interrupter([&] {
    entered.wait();
    stop.request_stop();
  });
  const auto result = transport->send(request(loopback.url("/hang")), stop.get_token());
  CHECK(kind_of(result) == ErrorKind::cancelled);
  // Stopped before: nothing is sent, the latch would count below zero.
  CHECK(kind_of(transport->send(request(loopback.url("/hang")), stop.get_token())) ==
        ErrorKind::cancelled);
  released.count_down();
}

TEST_CASE("an answer that does not come in time is a timeout") {
  LoopbackServer loopback;
  std::latch released(1);
  loopback.server().Get("/hang",
                        [&](const httplib::Request&, httplib::Response&) { released.wait(); });
  loopback.start();
  CurlOptions options;
  options.request_timeout = 30ms;
  const auto transport = curl_transport(options);
  CHECK(kind_of(send(*transport, request(loopback.url("/hang")))) == ErrorKind::timeout);
  // A request may have less time than the transport gives.
  HttpRequest probe = request(loopback.url("/hang"));
  probe.timeout = 30ms;
  const auto patient = curl_transport();
  CHECK(kind_of(send(*patient, probe)) == ErrorKind::timeout);
  released.count_down();
}

TEST_CASE("threads send at the same time") {
  LoopbackServer loopback;
  std::barrier together(4);
  loopback.server().Get("/", [&](const httplib::Request&, httplib::Response& answer) {
    together.arrive_and_wait();
    answer.set_content("ok", "text/plain");
  });
  loopback.start();
  const auto transport = curl_transport();
  std::atomic<int> good = 0;
  run_parallel(8, 4, [&](std::size_t) {
    if (body_of(send(*transport, request(loopback.url("/")))) == "ok") ++good;
  });
  CHECK(good == 8);
}

TEST_CASE("no more than the given number of requests is under way") {
  LoopbackServer loopback;
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  loopback.server().Get("/", [&](const httplib::Request&, httplib::Response&) {
    const int now = ++inside;
    int seen = most;
    while (seen < now && !most.compare_exchange_weak(seen, now)) {
    }
    --inside;
  });
  loopback.start();
  CurlOptions options;
  options.max_connections = 2;
  const auto transport = curl_transport(options);
  std::atomic<int> good = 0;
  run_parallel(40, 8, [&](std::size_t) {
    if (send(*transport, request(loopback.url("/")))) ++good;
  });
  CHECK(good == 40);
  CHECK(most <= 2);
}

TEST_CASE("connections are kept for the next request, but a create takes a fresh one") {
  LoopbackServer loopback;
  const auto port = [](const httplib::Request& seen, httplib::Response& answer) {
    answer.set_content(std::to_string(seen.remote_port), "text/plain");
  };
  loopback.server().Get("/", port).Post("/", port);
  loopback.start();
  const auto transport = curl_transport();
  const std::string first = body_of(send(*transport, request(loopback.url("/"))));
  CHECK(body_of(send(*transport, request(loopback.url("/")))) == first);
  HttpRequest create = request(loopback.url("/"), HttpMethod::post);
  create.repeatable = Repeatable::no;
  CHECK(body_of(send(*transport, create)) != first);
}

TEST_CASE("a proxy of the environment is not asked for loopback") {
  LoopbackServer loopback;
  loopback.server().Get("/", echo);
  loopback.start();
  ::setenv("http_proxy", "http://127.0.0.1:1", 1);
  const auto transport = curl_transport();
  const auto direct = send(*transport, request(loopback.url("/")));
  const auto proxied = send(*transport, request("http://graph.invalid/"));
  ::unsetenv("http_proxy");
  CHECK(body_of(direct).starts_with("GET /\n"));
  CHECK(body_of(proxied) == "error: GET graph.invalid: Couldn't connect to server");
}
