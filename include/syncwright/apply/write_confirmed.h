#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "syncwright/apply/journal.h"
#include "syncwright/apply/poll.h"
#include "syncwright/graph_read/read_ahead.h"
#include "syncwright/graph_write/graph_writer.h"

namespace syncwright::apply {

/// The one way to write to a tenant (docs/architecture.md#decision-16). An answer may get lost when
/// the write has taken effect and when it has not, Graph has neither idempotency keys nor ETags for
/// what is written here, and a replica may show for seconds what was there before
/// (docs/graph.md#6). So each write is journalled, sent, and read back, and an answer that is
/// neither a success nor a refusal leaves a doubt that a read alone can settle.
///
/// What writes differ in is what is looked at before a sending, what settles a doubt, and when it
/// is sent again:
///
/// - POST of an application, job or assignment: the list (of jobs); the list; 3 times, after 429,
///   500 and 503
/// - start and pause of a job: whether it is held (start); its state; 3 times, after any answer
/// - restart: whether it is held; nothing, for a job that ran looks the same; never
/// - DELETE: whether the application is still ours; that it is gone, as a 404 says too; never
/// - PATCH of names and tags, PUT of a schema: the read that the body is made of; that read, made
///   again; 8 times, each from a new read
/// - PUT of the secrets: likewise, but a new password does not show, and its doubt stays
/// - PATCH that claims a name: who holds it; who holds it; 8 times, and a conflict is waited for
/// - validateCredentials: nothing; nothing, since it stores nothing; never
///
/// A create that was sent again without a look would make a second application, which provisions
/// the same people twice; a body that was sent again without a new read would overwrite what
/// somebody changed in between.

/// When a write is sent again whose answer was neither a success nor a refusal.
enum class Resend {
  never,
  /// Where the service itself said that it did not do it, and the proof does not show it. Where a
  /// gateway answered, or nobody, it may still come.
  when_service_failed,
  when_answered,    ///< whoever answered, where the proof does not show it
  after_preparing,  ///< `prepare` reads again what the body is made of, and is the look
};

/// What `prepare` found.
enum class Next {
  send,
  send_unseen,  ///< no read will tell it from what is there: in doubt it stays in doubt
  prove,        ///< nothing is to be sent any more, and the proof is to be read
  nothing,      ///< it is so, or need not be: what an earlier sending left open is proven
};

/// What a read says about whether a write took effect.
struct Evidence {
  enum class Kind {
    shown,
    missing,    ///< not shown: it may still come
    different,  ///< something else is stored, for good: that settles a doubt as well
    unread,     ///< the read failed
  };
  Kind kind = Kind::shown;
  Error error = {};  ///< unless shown: what is reported of a write that was answered
};

/// What a refusal means for the write that was refused.
enum class RefusalVerdict {
  stands,
  as_good_as_done,  ///< the proof is read
  there_already,    ///< somebody was faster: that was proven in finding out
};

/// One write, as its step describes it.
struct TenantWrite {
  const char* operation;  ///< of the journal: "job.start"
  PollTarget target;      ///< which refusals a young object's replication explains
  Resend resend = Resend::never;
  std::string again = {};  ///< what a pause before another sending waits for; empty: target.what
  /// What is read right behind it (GraphReader's paths): its proof, then what comes next.
  std::vector<std::string> followed_by = {};
  /// Called before each sending: checks, and makes the body as its last act. An error is final, or
  /// waited for like a refusal where the write is not `after_preparing`, whose reads wait by
  /// themselves. Empty: Next::send.
  std::function<Result<Next>()> prepare = {};
  std::function<Result<graph_write::Written>(std::stop_token)> send = {};
  /// Reads whether the tenant shows it. Empty: a success needs no proof, and a doubt stays.
  std::function<Evidence()> proof = {};
  bool answer_proves = false;      ///< a success names what was made: `proof` is for doubts
  bool stores = true;              ///< false: reaches a target system and leaves nothing in Graph
  bool conflict_is_early = false;  ///< a 409 is waited for on an old object as well
  std::function<RefusalVerdict(const Error& refusal)> judge =
      {};  ///< empty: RefusalVerdict::stands
  /// What is told of a write that stays in doubt: `look` is the error of the proof, nullptr where
  /// the proof was read and does not show it. Empty: the write's own error.
  std::function<Error(const Error& lost, const Error* look)> explain = {};
};

/// How a write came to be true of the tenant.
enum class Confirmed {
  already,        ///< nothing was sent
  written,        ///< by this write, as far as anybody can tell
  there_already,  ///< refused, for it was there
};

/// The writes that one thread makes to one application, one after the other: their journal, their
/// count and what is in doubt. Nobody but write_confirmed changes these.
class WriteSession {
 public:
  /// `in_flight` ends requests that are under way; the policy's stop only keeps the next ones from
  /// being sent. `ahead`: the transport of these writes, where it takes their reads along. Journal
  /// and transport outlive the session.
  WriteSession(Journal& journal, PollPolicy policy, std::stop_token in_flight,
               graph_read::ReadAhead* ahead = nullptr)
      : journal_(journal),
        policy_(std::move(policy)),
        in_flight_(std::move(in_flight)),
        ahead_(ahead) {}
  WriteSession(const WriteSession&) = delete;
  WriteSession& operator=(const WriteSession&) = delete;

  /// From here on the journal's lines are about `change`, and the count begins anew.
  void begin(std::string change);
  /// What is left to write only records what was done: a stop keeps none of it from being sent, the
  /// end of `in_flight` does.
  void finish() { policy_.stop = in_flight_; }
  /// When the application was created; nullopt: unknown, long ago.
  void set_born(std::optional<Instant> born) { born_ = born; }

  /// Writes that took effect or may have: not those that an answer or a guard refused.
  [[nodiscard]] int writes() const { return writes_; }
  /// A write was sent and it is not known whether it took effect.
  [[nodiscard]] bool in_doubt() const { return in_doubt_; }
  [[nodiscard]] const std::optional<Instant>& born() const { return born_; }
  [[nodiscard]] const PollPolicy& policy() const { return policy_; }
  [[nodiscard]] const std::stop_token& in_flight() const { return in_flight_; }

  /// What is waited for on this application.
  [[nodiscard]] PollTarget target(std::string what, Transient transient = Transient::object) const;
  /// Of a read after a write: an old object's replica may lag as well. After a lost answer it is
  /// short, since there may be nothing to see.
  [[nodiscard]] PollTarget read_back(std::string what) const;
  /// The same, as if the object were old: for values that nothing but a lagging replica explains.
  [[nodiscard]] PollTarget lagging_read(std::string what) const;

 private:
  friend class ConfirmedWrite;
  friend Result<void> confirm(WriteSession& session, const Evidence& evidence);
  /// Journals, counts and sends one request, unless a stop is requested.
  [[nodiscard]] Result<graph_write::Written> send(const TenantWrite& write);
  void record(const TenantWrite& write, const Result<graph_write::Written>& answer);

  Journal& journal_;
  PollPolicy policy_;
  std::stop_token in_flight_;
  graph_read::ReadAhead* ahead_;
  std::string change_;
  std::optional<Instant> born_;
  int writes_ = 0;
  bool in_doubt_ = false;
};

/// Sends and proves. An error with `session.in_doubt()` after it: whether the write took effect is
/// unknown. ErrorKind::stored_differently where it was answered and the tenant never shows it.
[[nodiscard]] Result<Confirmed> write_confirmed(WriteSession& session, const TenantWrite& write);

/// Polls `shows` until it is true.
[[nodiscard]] Evidence look_for(const WriteSession& session, const PollTarget& target,
                                const std::function<Result<bool>()>& shows);

/// The proof of most writes: a read, polled until `shows` is true of what it answered.
template <class Read, class Shows>
[[nodiscard]] std::function<Evidence()> proof_by(const WriteSession& session, std::string what,
                                                 Read read, Shows shows) {
  return [&session, what = std::move(what), read, shows] {
    return look_for(session, session.read_back(what), [&]() -> Result<bool> {
      const auto now = read();
      if (!now) return fail(now.error());
      return shows(*now);
    });
  };
}

/// The judge of deletions: what is gone already need not be deleted.
[[nodiscard]] RefusalVerdict gone_is_done(const Error& refusal);

/// Settles the session's doubt where the evidence is `shown`, of something that its last write did
/// not make by itself; else the evidence's error.
[[nodiscard]] Result<void> confirm(WriteSession& session, const Evidence& evidence);

/// What was written is not what is there, with the way out.
[[nodiscard]] Error stored_differently(std::string message);

}  // namespace syncwright::apply
