#include "syncwright/graph_read/live_reader.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "graph_read/application_door.h"
#include "graph_read/application_reader.h"
#include "graph_read/tenant_lists.h"
#include "syncwright/core/worker_pool.h"

namespace syncwright::graph_read {

// A tenant is read in two steps, because both the requests and the memory would grow with it. What
// one list tells about all applications is asked once and shared (tenant_lists.h); only then each
// application is read by itself, many at a time, and handed on at once, so that its schema
// documents can go before the next ones come (docs/architecture.md#decision-13).
//
// The hard part is what is left over. An orphan bears this project's tag or pending name and has no
// manifest, and `--prune` deletes it; so nothing is called an orphan that may belong to a manifest
// after all: not where only some manifests were read (`Desired::complete`), not what an
// application's findings account for, and no pending creation of an application that could not be
// read.

namespace {

/// Failures that the next application would meet as well.
bool concerns_all(ErrorKind kind) {
  return kind == ErrorKind::unauthenticated || kind == ErrorKind::cancelled ||
         kind == ErrorKind::guard || kind == ErrorKind::untrusted || kind == ErrorKind::unreachable;
}

/// What the applications' findings leave over for the orphans.
struct Accounted {
  std::set<std::string> app_ids;
  /// Application names about which nothing is certain, earlier ones among them.
  std::set<std::string> unreadable;

  void add(const model::DesiredApplication& application, const model::Findings& findings) {
    if (findings.unreadable) {
      unreadable.insert(application.name);
      unreadable.insert(application.previously.begin(), application.previously.end());
    }
    for (const model::LiveApplication& owned : findings.owned)
      app_ids.insert(owned.reference.app_id);
    if (findings.claimed) app_ids.insert(findings.claimed->reference.app_id);
    if (findings.adoptable) app_ids.insert(findings.adoptable->reference.app_id);
    for (const model::LiveReference& unclaimed : findings.unclaimed)
      app_ids.insert(unclaimed.app_id);
  }
};

auto sort_key(const model::Orphan& orphan) {
  return std::tie(orphan.application, orphan.reference.app_id,
                  orphan.reference.service_principal_id, orphan.reference.application_id);
}

/// An unclaimed creation whose name is claimed by another lost; a claimed one that only its service
/// principal's name gives away is an orphan where no manifest names it.
bool is_orphan(const PendingCreation& pending, const model::Desired& desired,
               const Accounted& accounted) {
  if (accounted.app_ids.contains(pending.reference.app_id)) return false;
  if (desired.find(pending.application) == nullptr) return true;
  return pending.unclaimed && !accounted.unreadable.contains(pending.application);
}

std::vector<model::Orphan> find_orphans(const model::Desired& desired, const TenantLists& lists,
                                        const Accounted& accounted) {
  std::vector<model::Orphan> orphans;
  if (!desired.complete) return orphans;
  for (const auto& [name, principals] : lists.tagged_elsewhere) {
    if (accounted.unreadable.contains(name)) continue;
    for (const ListedPrincipal& listed : principals) {
      GraphReader::ServicePrincipal principal = listed.unpack();
      // Renamed in the manifests (`previously`): not without an owner.
      if (accounted.app_ids.contains(principal.reference.app_id)) continue;
      orphans.push_back({name, std::move(principal.reference), std::move(principal.tags),
                         std::move(principal.application_template_id)});
    }
  }
  for (const PendingCreation& pending : lists.pending) {
    if (is_orphan(pending, desired, accounted)) {
      orphans.push_back({pending.application, pending.reference, {}, {}});
    }
  }
  std::sort(orphans.begin(), orphans.end(),
            [](const model::Orphan& left, const model::Orphan& right) {
              return sort_key(left) < sort_key(right);
            });
  return orphans;
}

/// Hands findings on, one call at a time, and keeps the first failure that concerns all.
class FindingsCollector {
 public:
  using Visit = std::function<void(const model::DesiredApplication&, model::Findings)>;

  FindingsCollector(const ReadOptions& options, const Visit& visit, std::size_t total,
                    std::stop_source& stop)
      : options_(options), visit_(visit), total_(total), stop_(stop) {}

  void take(const model::DesiredApplication& application, model::Findings findings) {
    const std::scoped_lock lock(mutex_);
    if (failure_) return;
    if (findings.unreadable && concerns_all(findings.unreadable->kind)) {
      failure_ = std::move(findings.unreadable);
      stop_.request_stop();
      return;
    }
    accounted_.add(application, findings);
    visit_(application, std::move(findings));
    ++done_;
    if (options_.on_progress) options_.on_progress(done_, total_);
  }

  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }
  [[nodiscard]] const Accounted& accounted() const { return accounted_; }

 private:
  const ReadOptions& options_;
  const Visit& visit_;
  std::size_t total_;
  std::size_t done_ = 0;
  std::stop_source& stop_;
  std::mutex mutex_;
  std::optional<Error> failure_;
  Accounted accounted_;
};

Result<std::string> tenant_of(TokenSource& tokens, const std::stop_token& stop) {
  const Result<Secret> token = tokens.token(stop);
  if (!token) return fail(token.error());
  const std::optional<TokenClaims> claims = read_claims(token->reveal());
  return claims ? claims->tenant_id : std::string();
}

}  // namespace

std::size_t applications_under_way(int parallelism) {
  return parallelism <= 1 ? 1 : 2 * static_cast<std::size_t>(parallelism);
}

Result<ReadSummary> read_live(
    GraphReader& reader, GraphConnection& connection, const model::Desired& desired,
    const ReadOptions& options,
    const std::function<void(const model::DesiredApplication&, model::Findings)>& visit,
    const std::stop_token& stop) {
  ReadSummary summary;
  Result<std::string> tenant_id = tenant_of(connection.tokens(), stop);
  if (!tenant_id) return fail(std::move(tenant_id).error());
  summary.tenant_id = std::move(*tenant_id);
  if (desired.applications.empty() && !desired.complete) return summary;

  const auto threads = static_cast<std::size_t>(std::max(1, options.parallelism));
  Result<TenantLists> lists = read_tenant_lists(reader, desired, threads, stop);
  if (!lists) return fail(lists.error());

  PrincipalDirectory people(reader);
  DeletedNames deleted(reader);
  std::stop_source inner;
  const std::stop_callback forward(stop, [&inner] { inner.request_stop(); });
  const model::Owner owner = model::owner_of(desired);
  FindingsCollector collector(options, visit, desired.applications.size(), inner);
  SchemaRoom room;
  const std::size_t under_way = applications_under_way(options.parallelism);
  run_parallel(desired.applications.size(), under_way, [&](std::size_t index) {
    if (inner.stop_requested()) return;
    const model::DesiredApplication& application = desired.applications[index];
    ApplicationDoor door(connection, desired.applications.size(), threads, room);
    ApplicationReader one(door, owner, application, *lists, people, deleted, inner.get_token());
    collector.take(application, one.read());
  });
  if (collector.failure()) return fail(*collector.failure());
  if (stop.stop_requested())
    return fail(ErrorKind::cancelled, "interrupted while reading the tenant");
  summary.orphans = find_orphans(desired, *lists, collector.accounted());
  return summary;
}

}  // namespace syncwright::graph_read
