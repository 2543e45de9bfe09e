#include "apply/application_run.h"

#include <fmt/format.h>

namespace syncwright {

namespace {

/// How long a read-back of an old object may show what was there before (docs/graph.md#6: seconds).
constexpr Milliseconds kReplicaLag{60'000};
constexpr Milliseconds kDoubtLag{15'000};

}  // namespace

bool is_answer_lost(const Error& error) {
  switch (error.kind) {
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

ApplicationRun::ApplicationRun(const RunContext& shared, const DesiredApplication& application)
    : context(shared),
      desired(application),
      patience_{shared.world.clock, shared.options.settle_window, shared.options.settle_deadline,
                shared.stop,
                [this](const std::string& what, Milliseconds elapsed, Milliseconds limit) {
                  if (change_ == nullptr) return;
                  context.world.listener.waiting(*change_, what, elapsed, limit);
                }} {}

void ApplicationRun::begin(const Change& change) {
  change_ = &change;
  writes_ = 0;
  in_doubt_ = false;
}

Subject ApplicationRun::subject(std::string what, Tolerance tolerance) const {
  return {std::move(what), born, tolerance, Milliseconds{0}};
}

Subject ApplicationRun::read_back(std::string what) const {
  Subject subject = lagging_read(std::move(what));
  if (!in_doubt_) subject.born = born;
  return subject;
}

Subject ApplicationRun::lagging_read(std::string what) const {
  return {std::move(what), std::nullopt, Tolerance::object, in_doubt_ ? kDoubtLag : kReplicaLag};
}

Result<void> ApplicationRun::before_write(const char* operation) {
  if (context.stop.stop_requested()) {
    return fail(ErrorKind::cancelled, fmt::format("interrupted before {}", operation));
  }
  return context.journal.intent(change_->id, operation);
}

void ApplicationRun::after_write(const char* operation, const Error* error,
                                 const Written& written) {
  in_doubt_ = error != nullptr && is_answer_lost(*error);
  // What an answer refused changed nothing, so that an apply of refusals alone wrote nothing.
  if (error == nullptr || in_doubt_) ++writes_;
  JournalOutcome outcome{written.status, written.request_id, "done", {}, {}};
  if (error != nullptr) {
    outcome = {error->status, error->request_id, in_doubt_ ? "unknown" : "failed",
               to_string(error->kind), error->code};
  }
  // The intent is on disk already; a disk that fills up now stops the next intent.
  static_cast<void>(context.journal.outcome(change_->id, operation, outcome));
}

}  // namespace syncwright
