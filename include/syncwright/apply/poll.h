#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "syncwright/core/clock.h"
#include "syncwright/core/error.h"

namespace syncwright::apply {

/// How long a read of an old object may show what was there before a write (docs/graph.md#6:
/// seconds), and how long after a lost answer, when there may be nothing to see.
inline constexpr Milliseconds kReplicaLag{60'000};
inline constexpr Milliseconds kDoubtLag{15'000};
/// How long a list may lack what was just created, by a POST of this run whose answer was lost, or
/// by an earlier run.
inline constexpr Milliseconds kListLag{60'000};
inline constexpr Milliseconds kEarlierRunLag{30'000};

/// How long a young object is waited for (docs/contract.md#5).
inline constexpr Milliseconds kWaitDeadline{600'000};

/// Which refusals of a young object are replication that has not caught up (docs/graph.md#6,
/// docs/contract.md#5).
enum class Transient {
  present,    ///< 403, 409: the object was seen, so that a 404 says that it is gone
  object,     ///< and 404
  reference,  ///< and the 400 about a reference to an object that is not there yet
  templates,  ///< and UnknownError, which the synchronization service answers for new service
              ///< principals
};

/// Whether the answer may become right by itself. 401 never: it is a missing permission
/// (docs/graph.md#13.5); nor where the token itself shows that it lacks the role.
[[nodiscard]] bool is_transient(const Error& error, Transient transient);

/// What a wait is for, and on which object.
struct PollTarget {
  std::string what;             ///< "service principal to be readable": shown while waiting
  std::optional<Instant> born;  ///< the object's creation; nullopt: long ago
  Transient transient = Transient::object;
  /// How long an answer that is "not yet" is asked again although the object is old: a read after a
  /// write may come from a replica that lags (docs/graph.md#6).
  Milliseconds lag{0};
};

/// The bounds of every wait of a run, and who hears of it.
struct PollPolicy {
  Clock& clock;
  Milliseconds youth;     ///< an object is young for so long after its creation
  Milliseconds deadline;  ///< how long a young object is waited for
  std::stop_token stop;   ///< ends every wait
  std::function<void(const std::string& what, Milliseconds elapsed, Milliseconds limit)> on_wait;

  [[nodiscard]] bool is_young(const std::optional<Instant>& born) const {
    return born && clock.now() - *born < youth;
  }
};

/// One wait: asks `again` after each answer that is not right yet, with growing delays.
class Wait {
 public:
  Wait(const PollPolicy& policy, PollTarget target)
      : policy_(policy), target_(std::move(target)), begun_(policy.clock.now()) {}

  /// After an error: true when it is worth asking again, which has been waited for.
  [[nodiscard]] bool again_after(const Error& error);
  /// After an answer that is not the one expected.
  [[nodiscard]] bool again_after_mismatch();
  /// The error of a wait that was given up: cancelled, or ErrorKind::not_found; or what was
  /// answered last, with the time that was waited.
  [[nodiscard]] Error give_up() const;
  [[nodiscard]] Error give_up(Error last) const;

 private:
  [[nodiscard]] bool is_young() const { return policy_.is_young(target_.born); }
  [[nodiscard]] Milliseconds elapsed() const { return policy_.clock.now() - begun_; }
  [[nodiscard]] bool pause_until(Milliseconds limit);

  const PollPolicy& policy_;
  const PollTarget target_;
  const Instant begun_;
  Milliseconds delay_{200};
  bool paused_ = false;  ///< otherwise nothing was waited for, however long the answer took
  bool cancelled_ = false;
};

/// Asks `probe` until it returns a value. An empty answer means "not yet", an error is final
/// unless it is transient and the object young. A young object is waited for until the deadline, an
/// old one is not (but for `lag`). There is no fixed sleep: the first right answer ends it.
template <class T>
[[nodiscard]] Result<T> poll(const PollPolicy& policy, const PollTarget& target,
                             const std::function<Result<std::optional<T>>()>& probe) {
  Wait wait(policy, target);
  while (true) {
    Result<std::optional<T>> answer = probe();
    if (answer && answer->has_value()) return std::move(**answer);
    if (answer && !wait.again_after_mismatch()) return fail(wait.give_up());
    if (!answer && !wait.again_after(answer.error())) return fail(wait.give_up(answer.error()));
  }
}

/// The same for a read that has no "not yet": any answer that is no error ends it.
template <class T>
[[nodiscard]] Result<T> poll_read(const PollPolicy& policy, const PollTarget& target,
                                  const std::function<Result<T>()>& read) {
  return poll<T>(policy, target, [&]() -> Result<std::optional<T>> {
    Result<T> answer = read();
    if (!answer) return fail(std::move(answer).error());
    return std::optional<T>(std::move(*answer));
  });
}

}  // namespace syncwright::apply
