#pragma once

#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "apply/backup.h"
#include "apply/shared_reads.h"
#include "syncwright/apply/executor.h"
#include "syncwright/apply/journal.h"
#include "syncwright/apply/poll.h"
#include "syncwright/core/secret.h"
#include "syncwright/model/ownership.h"

namespace syncwright {

/// What all applications of one apply share. Everything in it is thread-safe or constant.
struct RunContext {
  const ApplyWorld& world;
  const ApplyOptions& options;
  Owner owner;
  SecretsPut secrets_put;
  Journal& journal;
  Backup& backup;
  SharedReads& shared;
  std::stop_token stop;       ///< nothing more is started
  std::stop_token hard_stop;  ///< requests in flight are given up as well
};

/// A job as this run knows it.
struct KnownJob {
  std::string id;
  std::optional<Instant> born;  ///< where this run made it
  bool restarted = false;       ///< by this run
};

/// Who is assigned and which roles there are, as this run read them last: after each of its own
/// writes, so that the next assignment need not read them again.
struct KnownAssignments {
  std::optional<std::vector<LiveAppRole>> roles;
  std::optional<std::vector<LiveAssignment>> list;
};

/// One application while its changes are carried out, on one thread: what was learnt of it so far,
/// and the one way by which its steps write. Steps are free functions over it (step.h).
class ApplicationRun {
 public:
  ApplicationRun(const RunContext& shared, const DesiredApplication& application);
  ApplicationRun(const ApplicationRun&) = delete;
  ApplicationRun& operator=(const ApplicationRun&) = delete;

  const RunContext& context;
  const DesiredApplication& desired;
  std::map<std::string, Secret> secrets;  ///< resolved references by key

  LiveReference reference;      ///< empty ids until located or made
  std::optional<Instant> born;  ///< the application's creation; nullopt: unknown, long ago
  bool made_here = false;       ///< our own 201 named it, and nobody else's work is on it
  /// It was nobody's before this run, or this run's own POST made it though its answer was lost: no
  /// earlier run was at its jobs.
  bool new_to_us = false;
  std::map<std::string, KnownJob> jobs;  ///< by the manifest's key
  TagEdit own_tags;  ///< every tag edit of this run: a fresh read may be older than they are
  KnownAssignments assignments;

  [[nodiscard]] GraphReader& reader() const { return context.world.reader; }
  [[nodiscard]] GraphWriter& writer() const { return context.world.writer; }
  [[nodiscard]] Instant now() const { return context.world.clock.now(); }
  [[nodiscard]] const std::string& service_principal() const {
    return reference.service_principal_id;
  }
  /// For requests: a request in flight outlives a stop request by a grace.
  [[nodiscard]] std::stop_token in_flight() const { return context.hard_stop; }

  void begin(const Change& change);
  /// Writes that took effect or may have: not those that an answer or a guard refused.
  [[nodiscard]] int writes() const { return writes_; }
  /// A write was sent and it is not known whether it took effect.
  [[nodiscard]] bool in_doubt() const { return in_doubt_; }
  void settle_doubt() { in_doubt_ = false; }

  /// Journals, counts and sends one writing request, unless a stop is requested. An error whose
  /// answer was lost leaves the run in doubt until a read-back settles it.
  template <class T>
  [[nodiscard]] Result<T> write(const char* operation,
                                const std::function<Result<T>(std::stop_token)>& send) {
    if (auto ready = before_write(operation); !ready) return fail(ready.error());
    Result<T> result = send(in_flight());
    const Written written = result ? written_of(*result) : Written{};
    after_write(operation, result ? nullptr : &result.error(), written);
    return result;
  }
  /// The same for a request that reaches a target system but stores nothing: journalled, not
  /// counted.
  template <class T>
  [[nodiscard]] Result<T> probe(const char* operation,
                                const std::function<Result<T>(std::stop_token)>& send) {
    const int counted = writes_;
    Result<T> result = write<T>(operation, send);
    writes_ = counted;
    in_doubt_ = false;
    return result;
  }
  /// `write`, repeated while the object is young and the refusal is one of replication.
  template <class T>
  [[nodiscard]] Result<T> settled_write(const char* operation, const Subject& subject,
                                        const std::function<Result<T>(std::stop_token)>& send) {
    return settle<T>(patience(), subject, [&]() -> Result<std::optional<T>> {
      Result<T> result = write<T>(operation, send);
      if (!result) return fail(std::move(result.error()));
      return std::optional<T>(std::move(*result));
    });
  }
  /// A read, repeated likewise.
  template <class T>
  [[nodiscard]] Result<T> settled_read(const Subject& subject,
                                       const std::function<Result<T>()>& read) {
    return settle<T>(patience(), subject, [&]() -> Result<std::optional<T>> {
      Result<T> result = read();
      if (!result) return fail(std::move(result.error()));
      return std::optional<T>(std::move(*result));
    });
  }

  [[nodiscard]] const Patience& patience() const { return patience_; }
  /// What is waited for on this application.
  [[nodiscard]] Subject subject(std::string what, Tolerance tolerance = Tolerance::object) const;
  /// Of a read after a write: an old object's replica may lag as well. After a lost answer it is
  /// short, since there may be nothing to see.
  [[nodiscard]] Subject read_back(std::string what) const;
  /// The same, as if the object were old: for values that nothing but a lagging replica explains.
  [[nodiscard]] Subject lagging_read(std::string what) const;

 private:
  [[nodiscard]] static Written written_of(const Written& written) { return written; }
  [[nodiscard]] static Written written_of(const GraphWriter::Instantiated& made) {
    return made.written;
  }
  [[nodiscard]] static Written written_of(const std::pair<LiveJob, Written>& made) {
    return made.second;
  }
  [[nodiscard]] Result<void> before_write(const char* operation);
  void after_write(const char* operation, const Error* error, const Written& written);

  Patience patience_;
  const Change* change_ = nullptr;
  int writes_ = 0;
  bool in_doubt_ = false;
};

/// Whether a write that ended so may have taken effect: any answer does but a success and a
/// definite refusal, 429 and 503 included.
[[nodiscard]] bool is_answer_lost(const Error& error);

}  // namespace syncwright
