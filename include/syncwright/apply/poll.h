#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "syncwright/core/clock.h"
#include "syncwright/core/error.h"

namespace syncwright {

/// Which refusals of a young object are replication that has not caught up (docs/graph.md#6,
/// docs/contract.md#5).
enum class Tolerance {
  object,     ///< 404, 403, 409
  reference,  ///< and the 400 about a reference to an object that is not there yet
  templates,  ///< and UnknownError, which the synchronization service answers for new service
              ///< principals
};

/// Whether the answer may become right by itself. 401 never: it is a missing permission (
/// docs/graph.md#13.5); nor where the token itself shows that it lacks the role.
[[nodiscard]] bool is_awaitable(const Error& error, Tolerance tolerance);

/// What is waited for, and on which object.
struct Subject {
  std::string what;             ///< "service principal to be readable": shown while waiting
  std::optional<Instant> born;  ///< the object's creation; nullopt: long ago
  Tolerance tolerance = Tolerance::object;
  /// How long an answer that is "not yet" is asked again although the object is old: a read after a
  /// write may come from a replica that lags (docs/graph.md#6).
  Milliseconds lag{0};
};

/// How long to wait at all, how, and who hears of it.
struct Patience {
  Clock& clock;
  Milliseconds window;    ///< how young is young
  Milliseconds deadline;  ///< how long a young object is waited for
  std::stop_token stop;
  std::function<void(const std::string& what, Milliseconds elapsed, Milliseconds limit)> on_wait;
};

/// One wait: asks `again` after each answer that is not right yet, with growing delays.
class Wait {
 public:
  Wait(const Patience& patience, const Subject& subject)
      : patience_(patience), subject_(subject), begun_(patience.clock.now()) {}

  /// After an error: true when it is worth asking again, which has been waited for.
  [[nodiscard]] bool again_after(const Error& error);
  /// After an answer that is not the one expected.
  [[nodiscard]] bool again_after_mismatch();
  /// The error of a wait that was given up: cancelled, or ErrorKind::not_found; or what was
  /// answered last, with the time that was waited.
  [[nodiscard]] Error given_up() const;
  [[nodiscard]] Error given_up(Error last) const;

 private:
  [[nodiscard]] bool young() const;
  [[nodiscard]] Milliseconds waited() const;
  [[nodiscard]] bool pause_until(Milliseconds limit);

  const Patience& patience_;
  const Subject& subject_;
  Instant begun_;
  Milliseconds delay_{200};
  bool paused_ = false;  ///< otherwise nothing was waited for, however long the answer took
  bool cancelled_ = false;
};

/// Asks `probe` until it returns a value. An empty answer means "not yet", an error is final
/// unless it is awaitable and the object young. A young object is waited for until the deadline, an
/// old one is not (but for `lag`). There is no fixed sleep: the first right answer ends it.
template <class T>
[[nodiscard]] Result<T> settle(const Patience& patience, const Subject& subject,
                               const std::function<Result<std::optional<T>>()>& probe) {
  Wait wait(patience, subject);
  while (true) {
    Result<std::optional<T>> answer = probe();
    if (answer && answer->has_value()) return std::move(**answer);
    if (answer && !wait.again_after_mismatch()) return fail(wait.given_up());
    if (!answer && !wait.again_after(answer.error())) return fail(wait.given_up(answer.error()));
  }
}

}  // namespace syncwright
