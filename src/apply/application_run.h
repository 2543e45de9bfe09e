#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <semaphore>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "apply/backup.h"
#include "apply/shared_reads.h"
#include "apply/steps/secrets.h"
#include "syncwright/apply/executor.h"
#include "syncwright/apply/write_confirmed.h"
#include "syncwright/graph_read/graph_reader.h"
#include "syncwright/graph_write/credentials_writer.h"
#include "syncwright/graph_write/graph_writer.h"
#include "syncwright/model/ownership.h"

namespace syncwright::apply {

/// One apply: what all its applications share. Everything in it is thread-safe or constant.
struct ApplyRun {
  const plan::Plan& plan;
  const ApplyWorld& world;
  const ApplyOptions& options;
  model::Owner owner;
  model::SecretsPut secrets_put;
  Journal& journal;
  Backup& backup;
  SharedReads& shared;
  /// Acquired for as long as the documents of a schema step are held.
  std::counting_semaphore<>& schema_turns;
  std::stop_token stop;       ///< nothing more is started
  std::stop_token hard_stop;  ///< requests in flight are given up as well
};

/// A job as this run knows it.
struct KnownJob {
  std::string id;
  std::optional<Instant> born;  ///< where this run made it
  bool restarted = false;       ///< by this run
  bool stands_still = false;    ///< this run made it, and saw it listed before it was ever started
};

/// Who is assigned and which roles there are, as this run read them last: after each of its own
/// writes, so that the next assignment need not read them again.
struct KnownAssignments {
  std::optional<std::vector<model::LiveAppRole>> roles;
  std::optional<std::vector<model::LiveAssignment>> list;
};

/// How long what a plan read is taken for how the tenant is, where no body is made of it: longer
/// than an apply takes to begin after its plan, shorter than a person takes to approve one.
inline constexpr Milliseconds kPlanAge{10'000};

/// One application of an apply, on one thread: what was learnt of it so far, for the steps that
/// come after, its own doors to Graph, and the session of its writes. Steps are free functions over
/// it (steps/step.h).
class ApplicationRun {
 public:
  ApplicationRun(const ApplyRun& apply, const model::DesiredApplication& desired);
  ApplicationRun(const ApplicationRun&) = delete;
  ApplicationRun& operator=(const ApplicationRun&) = delete;

  const ApplyRun& apply;
  const model::DesiredApplication& desired;
  SecretValues secrets;

  model::LiveReference reference;  ///< empty ids until located or made
  /// Where the plan found it, as long as that may be taken for how it is now (kPlanAge).
  const plan::LocatedApplication* planned = nullptr;
  bool made_here = false;  ///< our own 201 named it, and nobody else's work is on it
  /// No earlier run worked on its jobs: nobody owned it before this run, or this run's own POST
  /// made it though the answer was lost.
  bool new_to_us = false;
  std::map<std::string, KnownJob> jobs;  ///< by the manifest's key
  model::TagEdit own_tags;  ///< every tag edit of this run: a fresh read may be older than they are
  bool owes_tags = false;   ///< an edit of `own_tags` is not written yet (owe_edit)
  /// What records that the manifest is applied, while its last change runs: written with that
  /// change's own last tags, or after it.
  std::optional<model::TagEdit> closing;
  KnownAssignments assignments;

  [[nodiscard]] graph_read::GraphReader& reader() const { return graph_->reader; }
  [[nodiscard]] graph_write::GraphWriter& writer() const { return graph_->writer; }
  [[nodiscard]] graph_write::CredentialsWriter& credentials() const { return graph_->credentials; }
  /// Reads that follow the next request (GraphReader's paths).
  void announce(std::vector<std::string> paths) const { graph_->ahead.announce(std::move(paths)); }
  [[nodiscard]] WriteSession& session() { return session_; }
  [[nodiscard]] const WriteSession& session() const { return session_; }
  [[nodiscard]] const PollPolicy& policy() const { return session_.policy(); }
  [[nodiscard]] Instant now() const { return apply.world.clock.now(); }
  [[nodiscard]] const std::string& service_principal() const {
    return reference.service_principal_id;
  }
  /// For requests: a request in flight outlives a stop request until the shutdown deadline.
  [[nodiscard]] const std::stop_token& in_flight() const { return session_.in_flight(); }
  /// Whether replication explains what the application lacks.
  [[nodiscard]] bool is_young() const { return policy().is_young(session_.born()); }
  /// Whether what the plan read is a moment old: then it is not read once more.
  [[nodiscard]] bool is_plan_fresh() const;
  /// Whether that showed that nothing has the application's unique name, or is to get it.
  [[nodiscard]] bool is_name_free() const;

  /// `after`: the application's next change; nullptr: there is none.
  void begin(const plan::Change& change, const plan::Change* after = nullptr);
  /// The application's next change.
  [[nodiscard]] const plan::Change* next() const { return next_; }

  /// A read, repeated while the application is young and the refusal one of replication.
  template <class T>
  [[nodiscard]] Result<T> read(std::string what, const std::function<Result<T>()>& ask) const {
    return poll_read<T>(policy(), session_.target(std::move(what)), ask);
  }
  /// `write_confirmed` on this application.
  [[nodiscard]] Result<Confirmed> write(const TenantWrite& write) {
    return write_confirmed(session_, write);
  }

 private:
  /// The application's own way to the tenant: what one thread reads ahead is its alone.
  struct Doors {
    explicit Doors(const ApplyWorld& world);
    graph_read::ReadAhead ahead;
    graph_read::GraphConnection connection;
    graph_read::GraphReader reader;
    graph_write::GraphWriter writer;
    graph_write::CredentialsWriter credentials;
  };

  std::unique_ptr<Doors> graph_;
  const plan::Change* change_ = nullptr;  ///< under way: whoever listens hears of its waits
  const plan::Change* next_ = nullptr;
  WriteSession session_;
};

}  // namespace syncwright::apply
