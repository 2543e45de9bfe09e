#include "http/throttle_budget.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>
#include <string>
#include <vector>

#include "syncwright/core/virtual_clock.h"
#include "syncwright/core/worker_pool.h"
#include "syncwright/http/retry_transport.h"
#include "unit/manual_clock.h"

using namespace syncwright;
using namespace syncwright::http;
using namespace std::chrono_literals;

namespace {

/// One limit of a service: so many requests a second, and so many at once after a rest.
struct Limit {
  double per_second = 50;
  double at_once = 50;
};

/// A service that answers after `latency`, as far as each of its limits allows: else it is a 429
/// with `Retry-After` in whole seconds.
class LimitedService final : public HttpTransport {
 public:
  LimitedService(Clock& clock, std::vector<Limit> limits, Milliseconds latency)
      : clock_(clock), latency_(latency), seen_(clock.now()) {
    for (const Limit& limit : limits) buckets_.push_back({limit, limit.at_once});
  }

  Result<HttpResponse> send(const HttpRequest&, std::stop_token stop) override {
    const bool is_granted = take();
    clock_.wait(latency_, std::move(stop));
    if (is_granted) return HttpResponse{200, {}, ""};
    return HttpResponse{429, {{"Retry-After", "1"}}, ""};
  }

  [[nodiscard]] int granted() const { return granted_; }
  [[nodiscard]] int refused() const { return refused_; }

 private:
  struct Bucket {
    Limit limit;
    double tokens;
  };

  bool take() {
    const std::scoped_lock lock(mutex_);
    const double seconds = std::chrono::duration<double>(clock_.now() - seen_).count();
    seen_ = clock_.now();
    bool enough = true;
    for (Bucket& bucket : buckets_) {
      bucket.tokens =
          std::min(bucket.limit.at_once, bucket.tokens + seconds * bucket.limit.per_second);
      enough = enough && bucket.tokens >= 1;
    }
    ++(enough ? granted_ : refused_);
    if (enough) {
      for (Bucket& bucket : buckets_) bucket.tokens -= 1;
    }
    return enough;
  }

  Clock& clock_;
  Milliseconds latency_;
  std::mutex mutex_;
  std::vector<Bucket> buckets_;
  Instant seen_;
  int granted_ = 0;
  int refused_ = 0;
};

/// What 32 threads make of a service.
struct Season {
  int granted = 0;
  int refused = 0;
  double seconds = 0;
  bool all_answered = true;
};

/// `requests` of them, as fast as the budget lets them start.
Season season(const std::vector<Limit>& limits, int requests, Milliseconds latency = 5ms) {
  const ManualClock wall;  // stands still: time is what is waited for
  VirtualClock clock(wall);
  LimitedService service(clock, limits, latency);
  const auto transport = make_retry_transport(service, clock, {});
  const Instant start = clock.now();
  std::atomic<int> answered = 0;
  {
    const ObservedThread observed(clock);
    run_parallel(static_cast<std::size_t>(requests), 32, [&](std::size_t) {
      HttpRequest request;
      request.url = "https://graph.test/v1.0/users";
      const auto answer = transport->send(request, {});
      if (answer && answer->status == 200) ++answered;
    });
  }
  return {service.granted(), service.refused(),
          std::chrono::duration<double>(clock.now() - start).count(), answered == requests};
}

}  // namespace

TEST_CASE("the budget of a service is used, and hardly exceeded") {
  struct Shape {
    std::string name;
    std::vector<Limit> limits;
    Milliseconds latency;
    int requests;
  };
  // Graph counts over ten seconds (docs/graph.md#4); a second is what the emulator counts over.
  const std::vector<Shape> shapes{{"over a second", {{50, 50}}, 5ms, 4000},
                                  {"over ten seconds", {{50, 500}}, 5ms, 4000},
                                  {"slow answers", {{50, 50}}, 200ms, 10000},
                                  {"fast", {{200, 200}}, 20ms, 8000},
                                  {"two limits", {{120, 120}, {50, 500}}, 5ms, 4000}};
  for (const Shape& shape : shapes) {
    CAPTURE(shape.name);
    const Season seen = season(shape.limits, shape.requests, shape.latency);
    CAPTURE(seen.seconds);
    CAPTURE(seen.refused);
    double capacity = std::numeric_limits<double>::infinity();
    for (const Limit& limit : shape.limits) {
      capacity = std::min(capacity, limit.at_once + limit.per_second * seen.seconds);
    }
    CHECK(seen.all_answered);
    CHECK(seen.granted == shape.requests);
    CHECK(seen.granted >= 0.95 * capacity);
    CHECK(seen.refused * 50 < seen.granted + seen.refused);
  }
}

TEST_CASE("a service that never refuses is used as fast as it answers") {
  const Season seen = season({{1e6, 1e6}}, 3200, 5ms);
  CHECK(seen.refused == 0);
  CHECK(seen.seconds == 0.5);  // a hundred answers one after the other, on each of 32 threads
}

namespace {

/// A budget whose clock moves by the waits alone, so that one thread tells what many would see.
struct Alone {
  ManualClock clock;
  ThrottleBudget budget{clock};

  ThrottleBudget::Turn turn() {
    const auto turn = budget.await({});
    REQUIRE(turn);
    return *turn;
  }
  /// That many turns, all granted; how long it took.
  Milliseconds use(int turns, bool near_limit = false) {
    const Instant start = clock.now();
    for (int i = 0; i < turns; ++i) budget.granted(turn(), near_limit);
    return clock.now() - start;
  }
  /// A hundred granted within a second, and a 429: a guess of 200 a second.
  void meet_limit() {
    use(100);
    clock.advance(500ms);
    budget.refused(turn(), 2s);
  }
};

}  // namespace

TEST_CASE("before the first 429 there is no bound, and no wait") {
  Alone alone;
  CHECK(alone.use(10'000) == 0ms);
  CHECK(alone.clock.waits().empty());
}

TEST_CASE("after a 429 nobody starts in the pause, and then one after the other") {
  Alone alone;
  alone.meet_limit();
  CHECK(alone.budget.pause_left() == 2s);
  CHECK(alone.use(1) == 2s);
  CHECK(alone.budget.pause_left() == 0ms);
  const Milliseconds next = alone.use(196);  // 0.98 of the guess
  CHECK(next >= 990ms);
  CHECK(next <= 1001ms);
}

TEST_CASE("refusals of requests that were under way count as one") {
  Alone once;
  once.meet_limit();
  once.use(1);
  Alone crowd;
  std::vector<ThrottleBudget::Turn> turns;
  for (int i = 0; i < 31; ++i) turns.push_back(crowd.turn());
  crowd.meet_limit();
  for (const ThrottleBudget::Turn turn : turns) crowd.budget.refused(turn, 2s);
  crowd.use(1);
  CHECK(crowd.use(100) == once.use(100));
}

TEST_CASE("what was granted from one 429 to the next is the rate from then on") {
  Alone alone;
  alone.meet_limit();
  alone.use(300);  // 2 s of pause, and a second and a half
  alone.clock.advance(500ms);
  alone.budget.refused(alone.turn(), 0ms);
  const Milliseconds next = alone.use(75);  // three hundred in four seconds
  CHECK(next >= 950ms);
  CHECK(next <= 1050ms);
}

TEST_CASE("a limit that was raised is found, unless the service says that little is left") {
  Alone alone;
  alone.meet_limit();
  CHECK(alone.use(40'000) < 120s);  // at 200 a second it would take 200 s
  CHECK(alone.use(1000) < 2s);
  Alone warned;
  warned.meet_limit();
  warned.use(40'000, true);
  CHECK(warned.use(200, true) >= 950ms);
}

TEST_CASE("an idle hour says nothing about the service") {
  Alone alone;
  alone.meet_limit();
  alone.use(1000);
  alone.clock.advance(std::chrono::hours(1));
  alone.use(200);
  alone.clock.advance(500ms);
  alone.budget.refused(alone.turn(), 0ms);
  CHECK(alone.use(100) < 1500ms);
}

TEST_CASE("who must not wait starts at once, and the next one pays") {
  Alone alone;
  alone.meet_limit();
  CHECK_FALSE(alone.budget.take_at_once());
  alone.use(1);
  const Instant start = alone.clock.now();
  for (int i = 0; i < 98; ++i) CHECK(alone.budget.take_at_once());
  CHECK(alone.clock.now() == start);
  const Milliseconds paid = alone.use(1);
  CHECK(paid >= 490ms);
  CHECK(paid <= 510ms);
}

TEST_CASE("a clock that is set back makes nobody wait longer") {
  Alone alone;
  CHECK(alone.use(10) == 0ms);
  alone.clock.advance(-1h);
  CHECK(alone.use(10) == 0ms);
  alone.meet_limit();
  CHECK(alone.budget.pause_left() == 2s);
  alone.clock.advance(-1h);
  CHECK(alone.budget.pause_left() == 2s);
  CHECK(alone.use(1) == 2s);
}

TEST_CASE("a stop ends the wait for a turn") {
  Alone alone;
  alone.meet_limit();
  std::stop_source stop;
  stop.request_stop();
  CHECK_FALSE(alone.budget.await(stop.get_token()));
  CHECK(alone.clock.waits().empty());
}

namespace {

/// A service that has used up its limit of the logs, and of nothing else.
class LogsUsedUp final : public HttpTransport {
 public:
  Result<HttpResponse> send(const HttpRequest& request, std::stop_token) override {
    const bool is_log = request.url.find("/auditLogs/") != std::string::npos;
    if (is_log && ++asked_for_logs == 1) return HttpResponse{429, {{"Retry-After", "10"}}, ""};
    return HttpResponse{200, {}, ""};
  }

  int asked_for_logs = 0;
};

}  // namespace

TEST_CASE("the pause of one workload is not that of another") {
  ManualClock clock;
  LogsUsedUp service;
  const auto transport = make_retry_transport(service, clock, {});
  const auto time_of = [&](HttpMethod method, const char* path) {
    const Instant start = clock.now();
    HttpRequest request;
    request.method = method;
    request.url = std::string("https://graph.test") + path;
    request.repeatable = Repeatable::no;  // comes back at once, and its pause counts
    REQUIRE(transport->send(request, {}));
    return clock.now() - start;
  };
  CHECK(time_of(HttpMethod::get, "/v1.0/auditLogs/provisioning?$top=1") == 0ms);
  CHECK(service.asked_for_logs == 1);
  CHECK(time_of(HttpMethod::get, "/v1.0/applications") == 0ms);
  CHECK(time_of(HttpMethod::post, "/beta/servicePrincipals/1/synchronization/jobs") == 0ms);
  CHECK(time_of(HttpMethod::post,
                "/v1.0/servicePrincipals/1/synchronization/jobs/2/provisionOnDemand") == 0ms);
  CHECK(time_of(HttpMethod::post, "/contoso/oauth2/v2.0/token") == 0ms);
  CHECK(time_of(HttpMethod::get, "/beta/auditLogs/directoryAudits") == 10s);
}
