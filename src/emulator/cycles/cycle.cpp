#include "emulator/cycles/cycle.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "emulator/cycles/job_state.h"
#include "emulator/cycles/provisioner.h"
#include "emulator/exchange.h"
#include "emulator/resources/synchronization_secrets.h"
#include "emulator/store/state_values.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

// The order inside a cycle is the service's: who left is counted before anybody is touched, because
// the deletion threshold stops the whole cycle and not its last deletions (docs/graph.md#13.21);
// leavers go before newcomers come, so that a name which one frees the other may take; references
// are settled last. A cycle runs when somebody asks for the first time after it was due, as of the
// moment at which it was due.

namespace {

constexpr std::chrono::minutes interval{40};

/// DeleteThresholdValue deletions quarantine a cycle (docs/graph.md#13.21); nullopt: no limit.
std::optional<std::size_t> deletion_threshold(const Secrets& secrets) {
  constexpr std::int64_t default_threshold = 500;
  const auto found = secrets.find("SyncNotificationSettings");
  if (found == secrets.end()) return default_threshold;
  const Result<Json> settings = parse_json(found->second);
  if (!settings) return default_threshold;
  if (!bool_or(*settings, "DeleteThresholdEnabled", true)) return std::nullopt;
  return static_cast<std::size_t>(
      std::max<std::int64_t>(1, int_or(*settings, "DeleteThresholdValue", default_threshold)));
}

Json execution(const CycleCounts& counts, const Job& job, const std::string& id, Instant began,
               Instant ended) {
  Json result = empty_execution();
  result["activityIdentifier"] = id;
  result["countEntitled"] = counts.entitled;
  result["countEntitledForProvisioning"] = counts.in_scope;
  result["countEscrowed"] = job.escrows.size();
  result["countEscrowedRaw"] = job.escrows.size();
  result["countExported"] = counts.exports;
  result["countExports"] = counts.exports;
  result["countImported"] = counts.imported;
  result["countImportedDeltas"] = job.initial ? counts.imported : counts.changed;
  result["error"] = nullptr;
  result["state"] = job.escrows.empty() && counts.failures == 0 ? "Succeeded" : "EntryLevelErrors";
  result["timeBegan"] = format_rfc3339(began);
  result["timeEnded"] = format_rfc3339(ended);
  return result;
}

Json entry_counts(const Job& job) {
  std::map<std::string, int> counts;
  for (const auto& [key, link] : job.links) ++counts[link.object_name];
  Json entries = Json::array();
  for (const auto& [name, count] : counts) entries.push_back({{"key", name}, {"value", count}});
  return entries;
}

/// Ends a cycle that could not begin, and quarantines the job.
void fail_cycle(Job& job, const char* code, const std::string& message, Instant began) {
  const Json error = {{"code", code}, {"message", message}, {"tenantActionable", true}};
  Json run = empty_execution();
  run["activityIdentifier"] = random_uuid();
  run["error"] = error;
  run["timeBegan"] = run["timeEnded"] = format_rfc3339(began);
  job.status["lastExecution"] = std::move(run);
  job.status["countSuccessiveCompleteFailures"] =
      count_or(job.status, "countSuccessiveCompleteFailures", 0) + 1;
  quarantine(job, "EncounteredQuarantineException", error, began);
}

void finish(Job& job, const Json& run, bool exported, Instant began) {
  job.status["lastExecution"] = run;
  job.status["lastSuccessfulExecution"] = run;
  if (exported) job.status["lastSuccessfulExecutionWithExports"] = run;
  job.status["code"] = "Active";
  job.status["quarantine"] = nullptr;
  job.status["countSuccessiveCompleteFailures"] = 0;
  job.status["synchronizedEntryCountByType"] = entry_counts(job);
  if (job.escrows.empty()) {
    const std::string ended = string_or(run, "timeEnded");
    if (string_or(job.status, "steadyStateFirstAchievedTime") == never) {
      job.status["steadyStateFirstAchievedTime"] = ended;
    }
    job.status["steadyStateLastAchievedTime"] = ended;
  }
  job.initial = false;
  job.force_deletes = false;
  job.next_cycle = began + interval;
}

void finish_after_staging(Job& job, const Json& run, Instant began) {
  job.status["lastExecution"] = run;
  quarantine(job, "TooManyDeletes", nullptr, began);
}

/// The cycle of a job whose credentials work.
class Cycle {
 public:
  explicit Cycle(JobSession& session) : session_(session) {}

  void run() {
    if (!prepare()) return;
    std::vector<std::vector<Provisioner::Leaver>> leavers;
    std::size_t total = 0;
    for (const Provisioner& provisioner : provisioners_) {
      total += leavers.emplace_back(provisioner.leavers()).size();
    }
    const std::optional<std::size_t> threshold = deletion_threshold(session_.secrets);
    const bool stages = threshold && total >= *threshold && !session_.job.force_deletes;
    for (std::size_t index = 0; index < provisioners_.size(); ++index) {
      if (stages) {
        provisioners_[index].stage(leavers[index]);
      } else {
        provisioners_[index].deprovision(leavers[index]);
      }
    }
    for (Provisioner& provisioner : provisioners_) provisioner.provision();
    for (Provisioner& provisioner : provisioners_) provisioner.settle_references();
    if (provisioners_.empty() && session_.entry) import_roles();
    conclude(stages);
  }

 private:
  /// False where an object mapping cannot run: the whole job is quarantined then.
  bool prepare() {
    for (const MappingAtWork& mapping : session_.mappings()) {
      auto engine = ProvisioningEngine::make(session_, mapping);
      if (!engine) {
        fail_cycle(session_.job, assumed_unusable_schema_code,
                   fmt::format("{}", fmt::join(engine.error(), "; ")), session_.began);
        return false;
      }
      provisioners_.emplace_back(**engine);
      engines_.push_back(std::move(*engine));
    }
    return true;
  }

  /// A connector that only imports roles provisions nobody and logs nothing (docs/graph.md#5.11).
  void import_roles() {
    session_.counts.imported = static_cast<int>(session_.entry->app_roles.size());
  }

  void conclude(bool staged) {
    constexpr std::chrono::seconds shortest{2};
    const Instant began = session_.began;
    const Instant ended = std::min(
        session_.now, began + std::max<Milliseconds>(shortest, session_.events * Milliseconds{40}));
    Job& job = session_.job;
    const Json run = execution(session_.counts, job, session_.id, began, ended);
    const bool everybody = session_.entitlement.everybody;
    if (!staged && (job.initial || everybody)) job.synced_everybody = everybody;
    if (staged) {
      finish_after_staging(job, run, began);
    } else {
      finish(job, run, session_.counts.exports > 0, began);
    }
  }

  JobSession& session_;
  std::vector<std::unique_ptr<ProvisioningEngine>> engines_;
  std::vector<Provisioner> provisioners_;
};

/// One cycle of one job at `began`: reads the source, provisions the target, writes the log and the
/// job's status, and says when the next cycle is due (docs/graph.md#8.1). Never ends after `now`.
/// Bad credentials and a schema that cannot run quarantine the job.
void run_cycle(Store& store, const Catalog& catalog, expression::RandomSource& random,
               const std::string& job, Instant began, Instant now) {
  JobSession session = open_session(store, catalog, random, job, began, now);
  if (const std::optional<std::string> refused = session.credentials_refusal()) {
    fail_cycle(session.job, invalid_credentials_code, *refused, began);
    return;
  }
  Cycle(session).run();
}

}  // namespace

void run_due_cycles(Store& store, const Catalog& catalog, expression::RandomSource& random,
                    Instant now) {
  store.forget_deleted(now);
  for (const std::string& id : store.due_jobs(now)) {
    const auto next = [&] { return store.jobs.find(id)->next_cycle; };
    run_cycle(store, catalog, random, id, *next(), now);
    if (!next() || *next() > now) continue;
    const auto missed = (now - *next()) / Milliseconds(interval);
    run_cycle(store, catalog, random, id, *next() + missed * Milliseconds(interval), now);
  }
}

}  // namespace syncwright::emulator
