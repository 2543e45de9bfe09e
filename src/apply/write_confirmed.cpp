#include "syncwright/apply/write_confirmed.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace syncwright::apply {

namespace {

constexpr Milliseconds kFirstPause{500};
constexpr Milliseconds kLongestPause{30'000};
/// A server that asks for more is not waited for.
constexpr Milliseconds kLongestAsked{300'000};

/// How often one write is sent at most. The transport has repeated by itself what may be repeated
/// without a look (http/transport.h); what is made from a read is sent as often here instead.
int most_sends(Resend resend) {
  switch (resend) {
    case Resend::never:
      return 1;
    case Resend::when_service_failed:
    case Resend::when_answered:
      return 3;
    case Resend::after_preparing:
      return 8;
  }
  return 1;
}

/// Whether a write that ended so may have taken effect: any answer does but a success and a
/// definite refusal, 429 and 503 included.
bool is_answer_lost(const Error& error) {
  switch (error.kind) {
    case ErrorKind::unreachable:  // an earlier sending of the same request may have arrived
    case ErrorKind::transport:
    case ErrorKind::timeout:
    case ErrorKind::cancelled:
    case ErrorKind::unavailable:
    case ErrorKind::malformed:
    case ErrorKind::too_large:
    case ErrorKind::redirected:
      return true;
    case ErrorKind::throttled:
      return error.status != 0;  // else it was held back here and never sent
    case ErrorKind::rejected:
      return error.status == 408;
    case ErrorKind::invalid_input:
    case ErrorKind::io:
    case ErrorKind::untrusted:
    case ErrorKind::unauthenticated:
    case ErrorKind::forbidden:
    case ErrorKind::not_found:
    case ErrorKind::conflict:
    case ErrorKind::stale:
    case ErrorKind::guard:
    case ErrorKind::stored_differently:
    case ErrorKind::internal:
      return false;
  }
  return false;
}

/// Whether the same request may be answered well in a moment: nobody answered, or the service was
/// not able to.
bool is_passing(const Error& error) {
  return error.kind == ErrorKind::throttled ||
         (is_answer_lost(error) && error.kind != ErrorKind::cancelled &&
          error.kind != ErrorKind::redirected);
}

/// Whether the service itself said that it did not do what was asked. It may have done so all the
/// same, but what a look does not show within the time that lists lag can then be asked for again.
bool has_service_failed(const Error& error) {
  return error.status == 429 || error.status == 500 || error.status == 503;
}

}  // namespace

/// One call of write_confirmed.
class ConfirmedWrite {
 public:
  ConfirmedWrite(WriteSession& session, const TenantWrite& write)
      : session_(session), write_(write), sends_left_(most_sends(write.resend) - 1) {}

  /// Rounds of sending and proving, until the tenant shows it or nothing more may be sent.
  [[nodiscard]] Result<Confirmed> carry_out() {
    while (true) {
      Result<Confirmed> sent = send();
      if (sent && *sent == Confirmed::already) return sent;
      const Error* lost = nullptr;
      if (!sent && !session_.in_doubt()) {
        const RefusalVerdict verdict =
            write_.judge ? write_.judge(sent.error()) : RefusalVerdict::stands;
        if (verdict == RefusalVerdict::stands) return sent;
        if (verdict == RefusalVerdict::there_already) return Confirmed::there_already;
      } else if (!sent) {
        if (stays_in_doubt()) return sent;
        lost = &sent.error();
      }
      if (!write_.proof || (sent && sent_ && write_.answer_proves)) return Confirmed::written;
      const auto proven = prove(lost);
      if (!proven) return fail(proven.error());
      if (*proven) return Confirmed::written;
      if (!may_resend(*lost) || !again_after(*lost)) return fail(explain(*lost, nullptr));
    }
  }

 private:
  /// Until there is a success, a refusal that no waiting mends, or a doubt. Confirmed::written also
  /// where nothing is left to send and the proof is to be read.
  [[nodiscard]] Result<Confirmed> send() {
    Wait wait(session_.policy(), target());
    while (true) {
      sent_ = false;
      const Result<Next> next = write_.prepare ? write_.prepare() : Next::send;
      preparing_failed_ = !next;
      if (!next) {
        if (reads_first()) return fail(preparing_error(next.error()));
        if (!wait.again_after(next.error())) return fail(wait.give_up(next.error()));
        continue;
      }
      if (*next == Next::prove) return Confirmed::written;
      if (*next == Next::nothing) return end();
      unseen_ = *next == Next::send_unseen;
      sent_ = true;
      const Result<graph_write::Written> written = session_.send(write_);
      if (written) return Confirmed::written;
      if (auto error = error_unless_again(wait, written.error())) return fail(std::move(*error));
    }
  }

  /// Nothing while the same request may be sent again, which has been waited for.
  [[nodiscard]] std::optional<Error> error_unless_again(Wait& wait, const Error& error) {
    if (session_.in_doubt() && !reads_first()) return error;
    if (session_.in_doubt() && !unseen_) open_ = error;
    if (reads_first() && is_passing(error)) {
      return again_after(error) ? std::nullopt : std::optional(last_or_interruption(error));
    }
    if (write_.conflict_is_early && error.kind == ErrorKind::conflict) {
      return wait.again_after_mismatch() ? std::nullopt : std::optional(wait.give_up());
    }
    return wait.again_after(error) ? std::nullopt : std::optional(wait.give_up(error));
  }

  /// After a lost answer the object counts as no younger than its application, even if the write
  /// was to make it: there may be nothing to see.
  [[nodiscard]] PollTarget target() const {
    PollTarget target = write_.target;
    if (session_.in_doubt()) target.born = session_.born();
    return target;
  }

  [[nodiscard]] bool reads_first() const { return write_.resend == Resend::after_preparing; }

  /// The error of a write that is in doubt and cannot be prepared again: the doubt, unless the
  /// tenant moved on.
  [[nodiscard]] Error preparing_error(const Error& error) const {
    return open_ && error.kind != ErrorKind::stale ? *open_ : error;
  }

  /// Prepare found nothing to do: what was sent in doubt before that has taken effect.
  [[nodiscard]] Confirmed end() {
    session_.in_doubt_ = false;
    return open_ ? Confirmed::written : Confirmed::already;
  }

  /// Whether no look can settle the doubt: none shows it, or the look itself is what failed.
  [[nodiscard]] bool stays_in_doubt() const {
    return unseen_ || !write_.proof ||
           (preparing_failed_ && write_.resend == Resend::when_service_failed);
  }

  /// False where the answer was lost, the tenant was read, and it does not show it.
  [[nodiscard]] Result<bool> prove(const Error* lost) {
    const Evidence evidence = write_.proof();
    switch (evidence.kind) {
      case Evidence::Kind::shown:
        session_.in_doubt_ = false;
        return true;
      case Evidence::Kind::missing:
        return lost == nullptr ? Result<bool>(fail(evidence.error)) : false;
      case Evidence::Kind::different:
        session_.in_doubt_ = false;
        return fail(lost == nullptr ? evidence.error : *lost);
      case Evidence::Kind::unread:
        return fail(lost == nullptr ? evidence.error : explain(*lost, &evidence.error));
    }
    return fail(evidence.error);
  }

  [[nodiscard]] Error explain(const Error& lost, const Error* look) const {
    return write_.explain ? write_.explain(lost, look) : lost;
  }

  [[nodiscard]] bool may_resend(const Error& lost) const {
    switch (write_.resend) {
      case Resend::never:
      case Resend::after_preparing:  // sent as often as it may be by then
        return false;
      case Resend::when_service_failed:
        return has_service_failed(lost);
      case Resend::when_answered:
        return lost.status != 0;
    }
    return false;
  }

  /// True when the request is to be sent again: a pause lies behind it then, as long as the server
  /// asked for or a growing one. False when that was the last time or the run is to stop.
  [[nodiscard]] bool again_after(const Error& error) {
    // A request that the transport refused during a pause was never sent.
    const bool sent = error.kind != ErrorKind::throttled || error.status != 0;
    if ((sent && sends_left_ <= 0) || error.retry_after > kLongestAsked) return false;
    if (sent) --sends_left_;
    const Milliseconds pause = std::max(error.retry_after, pause_);
    pause_ = std::min(pause_ * 2, kLongestPause);
    const PollPolicy& policy = session_.policy();
    if (policy.on_wait) policy.on_wait(resend_subject(), Milliseconds{0}, pause);
    return policy.clock.wait(pause, policy.stop);
  }

  [[nodiscard]] std::string resend_subject() const {
    return write_.again.empty() ? write_.target.what : write_.again;
  }

  [[nodiscard]] Error last_or_interruption(const Error& last) const {
    if (session_.in_doubt() || !session_.policy().stop.stop_requested()) return last;
    Error error;
    error.kind = ErrorKind::cancelled;
    error.message = "interrupted while waiting for " + resend_subject();
    return error;
  }

  WriteSession& session_;
  const TenantWrite& write_;
  int sends_left_;
  Milliseconds pause_{kFirstPause};
  bool sent_ = false;              ///< in this round
  bool unseen_ = false;            ///< what was sent last
  bool preparing_failed_ = false;  ///< instead of the sending
  std::optional<Error> open_;  ///< of a sending of which a new read may show that it took effect
};

Result<Confirmed> write_confirmed(WriteSession& session, const TenantWrite& write) {
  return ConfirmedWrite(session, write).carry_out();
}

Evidence look_for(const WriteSession& session, const PollTarget& target,
                  const std::function<Result<bool>()>& shows) {
  const auto shown =
      poll<bool>(session.policy(), target, [&shows]() -> Result<std::optional<bool>> {
        const Result<bool> now = shows();
        if (!now) return fail(now.error());
        return *now ? std::optional(true) : std::nullopt;
      });
  if (shown) return {};
  Error error = shown.error();
  const bool in_vain = error.kind == ErrorKind::not_found && error.status == 0;
  if (error.kind == ErrorKind::not_found && (in_vain || !session.in_doubt())) {
    error.kind = ErrorKind::stored_differently;
  }
  return {in_vain ? Evidence::Kind::missing : Evidence::Kind::unread, std::move(error)};
}

RefusalVerdict gone_is_done(const Error& refusal) {
  return refusal.kind == ErrorKind::not_found ? RefusalVerdict::as_good_as_done
                                              : RefusalVerdict::stands;
}

Result<void> confirm(WriteSession& session, const Evidence& evidence) {
  if (evidence.kind != Evidence::Kind::shown) return fail(evidence.error);
  session.in_doubt_ = false;
  return {};
}

Error stored_differently(std::string message) {
  Error error;
  error.kind = ErrorKind::stored_differently;
  error.message = std::move(message);
  error.advice =
      "Graph took the write and keeps something else: plan again to see what is live, and compare "
      "it with the portal's provisioning page before the next apply.";
  return error;
}

void WriteSession::begin(std::string change) {
  change_ = std::move(change);
  writes_ = 0;
  in_doubt_ = false;
}

PollTarget WriteSession::target(std::string what, Transient transient) const {
  return {std::move(what), born_, transient, Milliseconds{0}};
}

PollTarget WriteSession::read_back(std::string what) const {
  PollTarget target = lagging_read(std::move(what));
  if (!in_doubt_) target.born = born_;
  return target;
}

PollTarget WriteSession::lagging_read(std::string what) const {
  return {std::move(what), std::nullopt, Transient::object, in_doubt_ ? kDoubtLag : kReplicaLag};
}

Result<graph_write::Written> WriteSession::send(const TenantWrite& write) {
  if (policy_.stop.stop_requested()) {
    return fail(ErrorKind::cancelled, fmt::format("interrupted before {}", write.operation));
  }
  if (auto ready = journal_.intent(change_, write.operation); !ready) return fail(ready.error());
  if (ahead_ != nullptr) ahead_->announce(write.followed_by);
  Result<graph_write::Written> answer = write.send(in_flight_);
  record(write, answer);
  return answer;
}

void WriteSession::record(const TenantWrite& write, const Result<graph_write::Written>& answer) {
  const bool lost = !answer && is_answer_lost(answer.error());
  in_doubt_ = lost && write.stores;
  // What an answer refused changed nothing, so that an apply of refusals alone wrote nothing.
  if (write.stores && (answer || lost)) ++writes_;
  JournalOutcome outcome;
  if (answer) {
    outcome = {answer->status, answer->request_id, "done", {}, {}};
  } else {
    const Error& error = answer.error();
    outcome = {error.status, error.request_id, lost ? "unknown" : "failed", to_string(error.kind),
               error.code};
  }
  // The intent is on disk already; a disk that fills up now stops the next intent.
  static_cast<void>(journal_.outcome(change_, write.operation, outcome));
}

}  // namespace syncwright::apply
