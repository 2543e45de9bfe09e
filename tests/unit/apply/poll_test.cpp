#include "syncwright/apply/poll.h"

#include <doctest/doctest.h>

#include "unit/manual_clock.h"

namespace syncwright::apply {

namespace {

Error answer(int status, ErrorKind kind, const std::string& code = {}) {
  Error error;
  error.kind = kind;
  error.status = status;
  error.code = code;
  error.message = "the answer";
  return error;
}

/// A wait on an object, over a clock that jumps.
struct Scene {
  ManualClock clock;
  std::stop_source stop;
  std::vector<std::string> heard;
  int probes = 0;

  PollPolicy policy() {
    return {clock, Milliseconds{900'000}, Milliseconds{600'000}, stop.get_token(),
            [this](const std::string& what, Milliseconds, Milliseconds) { heard.push_back(what); }};
  }
  PollTarget young(Transient transient = Transient::object) {
    return {"the thing", clock.now(), transient, Milliseconds{0}};
  }
  /// `error` until the probe of that number, then 42.
  Result<int> poll_after(int wrong, const Error& error, const PollTarget& subject) {
    return poll<int>(policy(), subject, [&]() -> Result<std::optional<int>> {
      if (++probes <= wrong) return fail(error);
      return std::optional(42);
    });
  }
  Result<int> poll_empty(const PollTarget& subject) {
    return poll<int>(policy(), subject, [&]() -> Result<std::optional<int>> {
      ++probes;
      return std::optional<int>();
    });
  }
};

}  // namespace

TEST_CASE("a right answer is taken at once") {
  Scene scene;
  CHECK(scene.poll_after(0, {}, scene.young()).value() == 42);
  CHECK(scene.clock.waits().empty());
  CHECK(scene.heard.empty());
}

TEST_CASE("a young object's 404 is asked again with growing delays, and the wait is told") {
  Scene scene;
  CHECK(scene.poll_after(7, answer(404, ErrorKind::not_found), scene.young()).value() == 42);
  using Ms = Milliseconds;
  CHECK(scene.clock.waits() ==
        std::vector{Ms{200}, Ms{400}, Ms{800}, Ms{1600}, Ms{3200}, Ms{5000}, Ms{5000}});
  CHECK(scene.heard == std::vector<std::string>(7, "the thing"));
}

TEST_CASE("an old object's error is final") {
  Scene scene;
  PollTarget old = scene.young();
  old.born = scene.clock.now() - Milliseconds{900'000};
  const auto result = scene.poll_after(1, answer(404, ErrorKind::not_found), old);
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().message == "the answer");
  CHECK(scene.probes == 1);
  old.born.reset();
  CHECK_FALSE(scene.poll_after(9, answer(404, ErrorKind::not_found), old).has_value());
  CHECK(scene.probes == 2);
}

TEST_CASE("which refusals of a young object are waited for") {
  using enum Transient;
  struct Row {
    Error error;
    bool object, templates;
  };
  for (const Row& row : {Row{answer(404, ErrorKind::not_found), true, true},
                         Row{answer(403, ErrorKind::forbidden), true, true},
                         Row{answer(409, ErrorKind::conflict), true, true},
                         Row{answer(401, ErrorKind::forbidden, "UnknownError"), false, false},
                         Row{answer(401, ErrorKind::unauthenticated), false, false},
                         Row{answer(400, ErrorKind::rejected, "UnknownError"), false, true},
                         Row{answer(500, ErrorKind::unavailable, "UnknownError"), false, true},
                         Row{answer(400, ErrorKind::rejected, "Request_BadRequest"), false, false},
                         Row{answer(500, ErrorKind::unavailable), false, false},
                         Row{answer(0, ErrorKind::transport), false, false}}) {
    CAPTURE(row.error.status);
    CAPTURE(row.error.code);
    CHECK(is_transient(row.error, object) == row.object);
    CHECK(is_transient(row.error, templates) == row.templates);
  }
  Error lacking = answer(403, ErrorKind::forbidden);
  lacking.lacks_role = true;
  CHECK_FALSE(is_transient(lacking, object));
  CHECK_FALSE(is_transient(answer(404, ErrorKind::not_found), Transient::present));
  CHECK(is_transient(answer(409, ErrorKind::conflict), Transient::present));
  Error missing = answer(400, ErrorKind::rejected, "Request_BadRequest");
  missing.message = "Not a valid reference update.";
  CHECK_FALSE(is_transient(missing, object));
  CHECK(is_transient(missing, Transient::reference));
}

TEST_CASE("the deadline ends a wait, and the error says how long it was") {
  Scene scene;
  const auto refused =
      scene.poll_after(1'000'000, answer(403, ErrorKind::forbidden), scene.young());
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().kind == ErrorKind::forbidden);
  CHECK(refused.error().message == "waited 600 s in vain for the thing: the answer");
  const auto empty = scene.poll_empty(scene.young());
  REQUIRE_FALSE(empty.has_value());
  CHECK(empty.error().kind == ErrorKind::not_found);
  CHECK(empty.error().message == "waited 600 s in vain for the thing");
}

TEST_CASE("an old object is read again only for its lag") {
  Scene scene;
  PollTarget old{"the thing", std::nullopt, Transient::object, Milliseconds{0}};
  CHECK(scene.poll_empty(old).error().message == "expected the thing");
  CHECK(scene.probes == 1);
  old.lag = Milliseconds{1'000};
  CHECK_FALSE(scene.poll_empty(old).has_value());
  CHECK(scene.clock.waits() ==
        std::vector{Milliseconds{200}, Milliseconds{400}, Milliseconds{400}});
}

TEST_CASE("a stop request ends a wait as cancelled") {
  Scene scene;
  scene.stop.request_stop();
  const auto result = scene.poll_after(1, answer(404, ErrorKind::not_found), scene.young());
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().kind == ErrorKind::cancelled);
  CHECK(result.error().message == "interrupted while waiting for the thing");
}

}  // namespace syncwright::apply
