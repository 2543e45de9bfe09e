#include "syncwright/http/retry_transport.h"

#include <doctest/doctest.h>

#include <atomic>
#include <functional>
#include <string>

#include "syncwright/core/worker_pool.h"
#include "unit/http/scripted_transport.h"
#include "unit/manual_clock.h"

using namespace syncwright;
using namespace syncwright::http;
using namespace std::chrono_literals;

namespace {

using Answers = std::vector<Result<HttpResponse>>;
using Waits = std::vector<Milliseconds>;

Result<HttpResponse> answer(int status, HttpHeaders headers = {}, std::string body = {}) {
  return HttpResponse{status, std::move(headers), std::move(body)};
}
Result<HttpResponse> asking(int status, const char* retry_after) {
  return answer(status, {{"Retry-After", retry_after}});
}
Result<HttpResponse> broken(ErrorKind kind) {
  return fail(kind, "no answer");
}

HttpRequest request(Repeatable repeatable = Repeatable::yes) {
  HttpRequest made;
  made.method = repeatable == Repeatable::yes ? HttpMethod::get : HttpMethod::post;
  made.url = "https://graph.test/v1.0/users";
  made.repeatable = repeatable;
  return made;
}

/// One request over a scripted transport: the final outcome, how often it was sent, the waits.
struct Run {
  explicit Run(Answers answers, Repeatable repeatable = Repeatable::yes, RetryOptions options = {})
      : next(std::move(answers)),
        outcome(make_retry_transport(next, clock, options)->send(request(repeatable), {})) {}

  [[nodiscard]] int status() const { return outcome ? outcome->status : 0; }
  [[nodiscard]] std::size_t sent() const { return next.requests().size(); }

  ManualClock clock;
  ScriptedTransport next;
  Result<HttpResponse> outcome;
};

}  // namespace

TEST_CASE("any other answer is final") {
  for (const int status : {200, 201, 204, 302, 400, 401, 403, 404, 408, 409, 412, 501}) {
    CAPTURE(status);
    const Run run({asking(status, "1")});
    CHECK(run.status() == status);
    CHECK(run.sent() == 1);
    CHECK(run.clock.waits().empty());
  }
}

TEST_CASE("Retry-After is honoured to the millisecond") {
  const Run run({asking(429, "3"), asking(503, "2.128"),
                 asking(504, "Thu, 01 Jan 2026 00:00:10 GMT"), answer(200)});
  CHECK(run.status() == 200);
  CHECK(run.clock.waits() == Waits{3000ms, 2128ms, 4872ms});
}

TEST_CASE("without Retry-After the delay is anything up to the doubled, bounded one") {
  RetryOptions options;
  options.first_delay = 500ms;
  options.longest_delay = 3000ms;
  options.max_attempts = 6;
  Answers answers;
  for (int i = 0; i < 6; ++i) answers.push_back(answer(502));
  const Run run(answers, Repeatable::yes, options);
  CHECK(run.status() == 502);
  CHECK(run.sent() == 6);
  const Waits waits = run.clock.waits();
  const Waits ceilings{500ms, 1000ms, 2000ms, 3000ms, 3000ms};
  REQUIRE(waits.size() == ceilings.size());
  for (std::size_t i = 0; i < waits.size(); ++i) CHECK(waits[i] <= ceilings[i]);
}

TEST_CASE("delays are spread over their whole range") {
  RetryOptions options;
  options.first_delay = 1000ms;
  options.longest_delay = 1000ms;
  options.max_attempts = 201;
  const Run run(Answers(201, answer(503)), Repeatable::yes, options);
  int early = 0;
  for (const Milliseconds wait : run.clock.waits()) early += wait < 500ms ? 1 : 0;
  CHECK(early > 40);
  CHECK(early < 160);
}

TEST_CASE("a repeatable request is sent again on what may pass by itself") {
  for (const Result<HttpResponse>& first :
       {answer(429), answer(500), answer(500, {}, "<html>"),
        answer(500, {}, R"({"error":{"code":"InternalError"}})"), answer(502), answer(503),
        answer(504), broken(ErrorKind::transport), broken(ErrorKind::timeout)}) {
    const Run run({first, answer(200)});
    CHECK(run.status() == 200);
    CHECK(run.sent() == 2);
  }
}

TEST_CASE("a 500 may be meant: it is sent again less often than what passes by itself") {
  const Run run(Answers(9, answer(500, {}, R"({"error":{"code":"InternalError"}})")));
  CHECK(run.status() == 500);
  CHECK(run.sent() == 4);
  CHECK(Run(Answers(9, answer(502))).sent() == 8);
  RetryOptions options;
  options.max_attempts = 2;
  CHECK(Run(Answers(9, answer(500)), Repeatable::yes, options).sent() == 2);
}

TEST_CASE("a create, and a body made from a read, come back whatever was answered") {
  for (const Repeatable repeatable : {Repeatable::no, Repeatable::from_read}) {
    for (const Result<HttpResponse>& first :
         {answer(429), asking(429, "1"), answer(500), answer(502), answer(503), asking(503, "1"),
          answer(504), asking(504, "1"), broken(ErrorKind::transport),
          broken(ErrorKind::timeout)}) {
      const Run run({first, answer(201)}, repeatable);
      CHECK(run.sent() == 1);
      CHECK(run.status() == (first ? first->status : 0));
      CHECK(run.clock.waits().empty());
    }
  }
}

TEST_CASE("what writes elsewhere is sent again where it was throttled, or until it is answered") {
  for (const Result<HttpResponse>& first : {answer(429), asking(429, "1"), asking(503, "1")}) {
    CHECK(Run({first, answer(200)}, Repeatable::when_throttled).sent() == 2);
    CHECK(Run({first, answer(200)}, Repeatable::until_answered).sent() == 2);
  }
  for (const Result<HttpResponse>& first :
       {answer(502), answer(503), answer(504), broken(ErrorKind::transport)}) {
    CHECK(Run({first, answer(200)}, Repeatable::when_throttled).sent() == 1);
    CHECK(Run({first, answer(200)}, Repeatable::until_answered).sent() == 2);
  }
  CHECK(Run({answer(500), answer(200)}, Repeatable::when_throttled).sent() == 1);
  CHECK(Run({answer(500), answer(200)}, Repeatable::until_answered).sent() == 1);
}

TEST_CASE("where nobody could be asked it is tried once more, unless the host was reached before") {
  const Result<HttpResponse> nowhere = broken(ErrorKind::unreachable);
  const Run run(Answers(9, nowhere));
  CHECK(run.outcome.error().kind == ErrorKind::unreachable);
  CHECK(run.sent() == 2);
  CHECK(Run({nowhere, answer(200)}).status() == 200);
  CHECK(Run({nowhere, answer(200)}, Repeatable::until_answered).status() == 200);
  CHECK(Run({nowhere, answer(200)}, Repeatable::no).sent() == 1);

  ManualClock clock;
  ScriptedTransport next({answer(200), nowhere, nowhere, nowhere, answer(204), nowhere, nowhere});
  const auto transport = make_retry_transport(next, clock, {});
  CHECK(transport->send(request(), {})->status == 200);
  CHECK(transport->send(request(), {})->status == 204);
  HttpRequest elsewhere = request();
  elsewhere.url = "https://login.test/token";
  CHECK_FALSE(transport->send(elsewhere, {}));
  CHECK(next.requests().size() == 7);
}

TEST_CASE("errors that waiting does not mend are final") {
  for (const ErrorKind kind :
       {ErrorKind::too_large, ErrorKind::cancelled, ErrorKind::guard, ErrorKind::untrusted,
        ErrorKind::invalid_input, ErrorKind::unauthenticated}) {
    const Run run({broken(kind), answer(200)});
    REQUIRE_FALSE(run.outcome);
    CHECK(run.outcome.error().kind == kind);
    CHECK(run.sent() == 1);
  }
}

TEST_CASE("after the last attempt the answer itself comes back") {
  RetryOptions options;
  options.max_attempts = 3;
  const Run throttled(Answers(5, asking(429, "1")), Repeatable::yes, options);
  CHECK(throttled.status() == 429);
  CHECK(throttled.sent() == 3);
  CHECK(throttled.clock.waits() == Waits{1s, 1s});
  const Run lost(Answers(5, broken(ErrorKind::transport)), Repeatable::yes, options);
  REQUIRE_FALSE(lost.outcome);
  CHECK(lost.outcome.error().kind == ErrorKind::transport);
  CHECK(lost.sent() == 3);
}

TEST_CASE("a server that asks for too long a wait gets its answer returned") {
  RetryOptions options;
  options.longest_retry_after = 60s;
  CHECK(Run({asking(429, "60"), answer(200)}, Repeatable::yes, options).status() == 200);
  const Run run({asking(429, "60.001"), answer(200)}, Repeatable::yes, options);
  CHECK(run.status() == 429);
  CHECK(run.clock.waits().empty());
}

TEST_CASE("Retry-After 0 backs off all the same") {
  RetryOptions options;
  options.first_delay = 1'000'000ms;
  options.longest_delay = 1'000'000ms;
  const Run run({asking(429, "0"), answer(200)}, Repeatable::yes, options);
  CHECK(run.status() == 200);
  REQUIRE_FALSE(run.clock.waits().empty());
  CHECK(run.clock.waits().front() > 0ms);
}

TEST_CASE("each exchange is told, with the attempt and why it is tried again") {
  std::vector<std::string> told;
  RetryOptions options;
  options.on_exchange = [&](const HttpTrace& trace) {
    std::string line = std::to_string(trace.attempt) + " " + std::to_string(trace.status);
    if (!trace.failure.empty()) line += " " + trace.failure;
    if (trace.retry)
      line += " " + trace.retry->why + " " + std::to_string(trace.retry->delay.count());
    told.push_back(line);
  };
  options.first_delay = 0ms;
  const Run run(
      {asking(429, "2"), broken(ErrorKind::timeout), answer(502), answer(503), answer(200)},
      Repeatable::yes, options);
  CHECK(told == std::vector<std::string>{"1 429 throttled 2000", "2 0 timeout unanswered 0",
                                         "3 502 unanswered 0", "4 503 unavailable 0", "5 200"});
}

namespace {

/// Stands still for the thread that was throttled, so that a second request comes in its pause.
class StandingClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return inner.now(); }
  bool wait(Milliseconds duration, std::stop_token stop) override {
    if (on_wait) std::exchange(on_wait, nullptr)();
    return inner.wait(duration, std::move(stop));
  }
  ManualClock inner;
  std::function<void()> on_wait;
};

}  // namespace

TEST_CASE("a 429 makes every other request wait as well") {
  StandingClock clock;
  ScriptedTransport next({asking(429, "30"), answer(200), answer(204)});
  const auto transport = make_retry_transport(next, clock, {});
  clock.on_wait = [&] {
    // The first request begins its wait of 30 s; a create comes along after 10 s of them.
    clock.inner.advance(10s);
    CHECK(transport->send(request(Repeatable::no), {}));
  };
  CHECK(transport->send(request(), {}));
  // The create sat out the 20 s that were left; then the first request waited its own 30 s.
  CHECK(clock.inner.waits() == Waits{20s, 30s});
  CHECK(next.requests().size() == 3);
}

TEST_CASE("a body made from a read is not held back, a throttled create holds others back") {
  ManualClock clock;
  ScriptedTransport next({asking(429, "30"), answer(204), answer(200)});
  const auto transport = make_retry_transport(next, clock, {});
  const auto create = transport->send(request(Repeatable::no), {});
  REQUIRE(create);
  CHECK(create->status == 429);
  const auto late = transport->send(request(Repeatable::from_read), {});
  REQUIRE_FALSE(late);
  CHECK(late.error().kind == ErrorKind::throttled);
  CHECK(late.error().status == 0);
  CHECK(late.error().retry_after == 30s);
  CHECK(next.requests().size() == 1);
  CHECK(clock.waits().empty());
  CHECK(transport->send(request(), {}));
  CHECK(clock.waits() == Waits{30s});
  CHECK(transport->send(request(Repeatable::from_read), {}));
}

TEST_CASE("other failures hold nobody else up") {
  StandingClock clock;
  ScriptedTransport next({asking(503, "30"), answer(200), answer(204)});
  const auto transport = make_retry_transport(next, clock, {});
  clock.on_wait = [&] { CHECK(transport->send(request(), {})); };
  CHECK(transport->send(request(), {}));
  CHECK(clock.inner.waits() == Waits{30s});
}

TEST_CASE("a stop ends the wait, and nothing more is sent") {
  StandingClock clock;
  ScriptedTransport next({asking(429, "30"), answer(200)});
  const auto transport = make_retry_transport(next, clock, {});
  std::stop_source stop;
  clock.on_wait = [&] { stop.request_stop(); };
  const auto first = transport->send(request(), stop.get_token());
  REQUIRE_FALSE(first);
  CHECK(first.error().kind == ErrorKind::cancelled);
  CHECK(next.requests().size() == 1);
  // The pause is still on: a second request is stopped in it before it is sent at all.
  const auto second = transport->send(request(), stop.get_token());
  REQUIRE_FALSE(second);
  CHECK(second.error().kind == ErrorKind::cancelled);
  CHECK(next.requests().size() == 1);
}

TEST_CASE("many threads share one transport") {
  ManualClock clock;
  Answers answers;
  for (int i = 0; i < 40; ++i) answers.push_back(asking(i % 2 == 0 ? 429 : 503, "1"));
  ScriptedTransport next(std::move(answers));
  RetryOptions options;
  options.max_attempts = 100;
  const auto transport = make_retry_transport(next, clock, options);
  std::atomic<int> done = 0;
  run_parallel(20, 8, [&](std::size_t) {
    const auto result = transport->send(request(), {});
    if (result && result->status == 200) ++done;
  });
  CHECK(done == 20);
  CHECK(next.requests().size() == 60);
}
