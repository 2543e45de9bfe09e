#include "cycle.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "connector.h"
#include "exchange.h"
#include "job_state.h"
#include "provisioner.h"
#include "syncwright/core/random.h"
#include "templates.h"

namespace syncwright::emulator {

namespace {

constexpr std::chrono::minutes interval{40};
constexpr const char* entra_directory_id = "66e4a8cc-1b7b-435e-95f8-f06cea133828";

const Json& directory(const Json& schema, const std::string& name) {
  static const Json none = Json::object();
  for (const Json& candidate : list_or_empty(schema, "directories")) {
    if (string_or(candidate, "name") == name) return candidate;
  }
  return none;
}

bool is_outbound(const Json& schema, const Json& rule) {
  const Json& source = directory(schema, string_or(rule, "sourceDirectoryName"));
  return string_or(source, "id") == entra_directory_id;
}

/// Enabled object mappings of outbound rules by priority; groups last, since they refer to users.
std::vector<std::pair<const Json*, const Json*>> outbound_mappings(const Json& schema) {
  std::vector<const Json*> rules;
  for (const Json& rule : list_or_empty(schema, "synchronizationRules")) {
    if (is_outbound(schema, rule)) rules.push_back(&rule);
  }
  std::stable_sort(rules.begin(), rules.end(), [](const Json* left, const Json* right) {
    return int_or(*left, "priority", 0) < int_or(*right, "priority", 0);
  });
  std::vector<std::pair<const Json*, const Json*>> mappings;
  for (const bool groups : {false, true}) {
    for (const Json* rule : rules) {
      for (const Json& mapping : list_or_empty(*rule, "objectMappings")) {
        const bool is_group = string_or(mapping, "sourceObjectName") == "Group";
        if (is_group == groups && bool_or(mapping, "enabled", true)) {
          mappings.emplace_back(rule, &mapping);
        }
      }
    }
  }
  return mappings;
}

/// DeleteThresholdValue deletions quarantine a cycle (API.md 13.21); nullopt: no limit.
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

bool keeps_leavers(const Secrets& secrets) {
  const auto found = secrets.find("SkipOutOfScopeDeletions");
  return found != secrets.end() && equal_without_case(found->second, "true");
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

void fail_on_credentials(Job& job, const std::string& message, Instant began) {
  const Json error = {
      {"code", invalid_credentials_code}, {"message", message}, {"tenantActionable", true}};
  Json run = empty_execution();
  run["activityIdentifier"] = random_uuid();
  run["error"] = error;
  run["timeBegan"] = run["timeEnded"] = format_rfc3339(began);
  job.status["lastExecution"] = std::move(run);
  job.status["countSuccessiveCompleteFailures"] =
      int_or(job.status, "countSuccessiveCompleteFailures", 0) + 1;
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
  Cycle(Store& store, const GalleryEntry* entry, Job& job, Instant began, Instant now)
      : entry_(entry),
        secrets_(secrets_of(store, job.service_principal)),
        schema_(schema_in_use(job, entry)),
        entitlement_(entitlement(store, job.service_principal)),
        service_principal_(store.service_principals.find(job.service_principal)),
        around_{store,
                job,
                store.targets[job.service_principal],
                failures(),
                entitlement_,
                job.initial,
                keeps_leavers(secrets_),
                began,
                now,
                counts_,
                events_} {}

  void run() {
    prepare();
    const std::vector<std::size_t> amounts = leaver_amounts();
    std::size_t total = 0;
    for (const std::size_t amount : amounts) total += amount;
    const std::optional<std::size_t> threshold = deletion_threshold(secrets_);
    const bool stages = threshold && total >= *threshold && !around_.job.force_deletes;
    for (Provisioner& provisioner : provisioners_) {
      if (stages) {
        provisioner.stage(provisioner.leavers());
      } else {
        provisioner.deprovision(provisioner.leavers());
      }
    }
    for (Provisioner& provisioner : provisioners_) provisioner.provision();
    for (Provisioner& provisioner : provisioners_) provisioner.settle_references();
    if (provisioners_.empty() && entry_) import_roles();
    conclude(stages);
  }

 private:
  const Json& failures() const {
    static const Json none = Json::array();
    return entry_ ? list_or_empty(member_or_null(entry_->connector, "target"), "failures") : none;
  }

  void prepare() {
    static const Json nobody = Json::object();
    const auto mappings = outbound_mappings(schema_);
    frames_.reserve(mappings.size());
    provisioners_.reserve(mappings.size());
    for (const auto& [rule, mapping] : mappings) {
      frames_.push_back({around_.job, service_principal_ ? service_principal_->value() : nobody,
                         directory(schema_, string_or(*rule, "sourceDirectoryName")),
                         directory(schema_, string_or(*rule, "targetDirectoryName")),
                         around_.store.tenant_id, id_});
      provisioners_.emplace_back(around_, frames_.back(), *mapping);
    }
  }

  std::vector<std::size_t> leaver_amounts() const {
    std::vector<std::size_t> amounts;
    amounts.reserve(provisioners_.size());
    for (const Provisioner& provisioner : provisioners_) {
      amounts.push_back(provisioner.leavers().size());
    }
    return amounts;
  }

  /// A connector that only imports roles provisions nobody and logs nothing (API.md 5.11).
  void import_roles() { counts_.imported = static_cast<int>(entry_->app_roles.size()); }

  void conclude(bool staged) {
    constexpr std::chrono::seconds shortest{2};
    const Instant ended = std::min(
        around_.now, around_.began + std::max<Milliseconds>(shortest, events_ * Milliseconds{40}));
    const Json run = execution(counts_, around_.job, id_, around_.began, ended);
    Job& job = around_.job;
    if (!staged && (job.initial || entitlement_.everybody)) {
      job.synced_everybody = entitlement_.everybody;
    }
    if (staged) {
      finish_after_staging(around_.job, run, around_.began);
    } else {
      finish(around_.job, run, counts_.exports > 0, around_.began);
    }
  }

  const GalleryEntry* entry_;
  const Secrets& secrets_;
  const Json& schema_;
  const Entitlement entitlement_;
  const Replicated* service_principal_;
  const std::string id_ = random_uuid();
  CycleCounts counts_;
  int events_ = 0;
  const Provisioner::Surroundings around_;
  std::vector<EventFrame> frames_;
  std::vector<Provisioner> provisioners_;
};

const GalleryEntry* entry_of(const Store& store, const Catalog& catalog, const Job& job) {
  const Replicated* object = store.service_principals.find(job.service_principal);
  return object ? catalog.find(string_or(object->value(), "applicationTemplateId")) : nullptr;
}

/// Deletions that every replica has seen by now.
bool forget_deleted(Store& store, Instant now) {
  const auto is_gone = [&](const auto& object) {
    return object.deleted && *object.deleted + 2 * store.delay <= now;
  };
  const std::size_t jobs =
      std::erase_if(store.jobs, [&](const auto& item) { return is_gone(item.second); });
  return jobs + std::erase_if(store.assignments, is_gone) > 0;
}

}  // namespace

void run_cycle(Store& store, const Catalog& catalog, Job& job, Instant began, Instant now) {
  const GalleryEntry* entry = entry_of(store, catalog, job);
  static const Json no_connector = Json::object();
  const std::optional<std::string> refused = refuse_credentials(
      entry ? entry->connector : no_connector, secrets_of(store, job.service_principal));
  if (refused) {
    fail_on_credentials(job, *refused, began);
    return;
  }
  Cycle(store, entry, job, began, now).run();
}

bool run_due_cycles(Store& store, const Catalog& catalog, Instant now) {
  bool changed = forget_deleted(store, now);
  for (auto& [id, job] : store.jobs) {
    const auto is_due = [&] { return job.next_cycle && *job.next_cycle <= now; };
    if (!is_due()) continue;
    changed = true;
    run_cycle(store, catalog, job, *job.next_cycle, now);
    if (!is_due()) continue;
    const auto missed = (now - *job.next_cycle) / Milliseconds(interval);
    run_cycle(store, catalog, job, *job.next_cycle + missed * Milliseconds(interval), now);
  }
  return changed;
}

}  // namespace syncwright::emulator
