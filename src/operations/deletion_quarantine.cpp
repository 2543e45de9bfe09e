#include "operations/deletion_quarantine.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "syncwright/core/text.h"
#include "syncwright/graph_read/logs.h"

namespace syncwright::operations {

namespace {

/// [G] docs/graph.md#8.3 says that it executes the staged deletes, and 13.21 that it releases.
constexpr const char* kAcceptingScope = "ForceDeletes";
/// How long before the quarantine the cycle that led to it may have begun: what it staged counts. A
/// figure that is too high asks for a second look, one that is too low deletes.
constexpr std::chrono::hours kLongestCycle{24};
constexpr std::size_t kMostEntries = 10'000;

std::optional<Instant> earliest_staging(const model::LiveJob& job) {
  auto since = parse_rfc3339(job.quarantine->current_began);
  if (!since) return std::nullopt;
  if (job.last_execution) {
    const auto began = parse_rfc3339(job.last_execution->time_began);
    since = began ? std::min(*since, *began) : *since;
  }
  return *since - kLongestCycle;
}

/// How many objects the quarantined cycle was about to delete, out of its log. Every try of the
/// cycle logs them anew: an object counts once.
Result<std::int64_t> staged_deletes(const OperationWorld& world, const RestartedJob& target) {
  graph_read::LogQuery query;
  query.service_principal_id = target.service_principal_id;
  query.since = earliest_staging(target.job);
  query.limit = kMostEntries;
  const auto entries = graph_read::read_provisioning_logs(world.graph, query, world.stop);
  if (!entries) return fail(within(entries.error(), "counting what would be deleted"));
  if (entries->size() >= kMostEntries) {
    return fail(ErrorKind::guard,
                fmt::format("the log has more than {} entries: what would be deleted cannot be "
                            "counted",
                            kMostEntries),
                "look at the deletions in the portal and settle them there");
  }
  std::set<std::string> objects;
  for (const graph_read::ProvisioningLogEntry& entry : *entries) {
    const bool of_other_job = !entry.job_id.empty() && entry.job_id != target.job.id;
    if (entry.action == "stagedDelete" && !of_other_job) {
      objects.insert(entry.source_id.empty() ? entry.id : entry.source_id);
    }
  }
  return static_cast<std::int64_t>(objects.size());
}

}  // namespace

Result<std::string> restart_scope(const OperationWorld& world, const RestartedJob& target,
                                  const DeletesVerdict& verdict) {
  if (!target.job.is_quarantined_for_deletes()) {
    if (!verdict.accept && !verdict.reject) return std::string(graph_write::kRestartScope);
    return fail(ErrorKind::invalid_input,
                fmt::format("job {} is not in quarantine for its deletions", target.job.id),
                "`syncwright status` says how it fares");
  }
  if (verdict.reject) return std::string(graph_write::kRestartScope);
  const auto staged = staged_deletes(world, target);
  if (!staged) return fail(staged.error());
  if (verdict.accept && *verdict.accept >= *staged) return std::string(kAcceptingScope);
  return fail(ErrorKind::guard,
              fmt::format("job {} is in quarantine: its cycle was about to delete {}",
                          target.job.id, count_words(*staged, "object")),
              fmt::format("--accept-deletes {0} lets it, --reject-deletes starts it again without; "
                          "`syncwright logs --app {1}` lists them, `syncwright job restart --app "
                          "{1}{2} --accept-deletes {0}` settles it",
                          *staged, target.application,
                          target.key == "default" ? "" : " --job " + target.key));
}

}  // namespace syncwright::operations
