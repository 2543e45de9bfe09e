#include "emulator/cycles/job_state.h"

#include <chrono>
#include <utility>

#include "emulator/store/state_values.h"

namespace syncwright::emulator {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr hours longest_quarantine{28 * 24};

/// [G] docs/graph.md#14.9: Disabled or Paused; terraform knows only that it is not Active.
const char* assumed_schedule_state_of_a_paused_job() {
  return "Disabled";
}

/// [G] docs/graph.md#5.5: the reference says that restart is meant for stopped jobs.
bool assumed_restart_starts_a_stopped_job() {
  return true;
}

/// Documented: 6 h, 12 h, then daily (docs/graph.md#8.2); [L] five minutes after the first failure
/// on credentials.
Milliseconds wait_after(std::int64_t attempt, const std::string& reason) {
  if (attempt <= 1) return reason == "TooManyDeletes" ? Milliseconds(hours{6}) : minutes{5};
  if (attempt == 2) return hours{6};
  return attempt == 3 ? hours{12} : hours{24};
}

void set_running(Job& job, Instant now) {
  job.active = true;
  job.next_cycle = now;
  job.status["code"] = "NotRun";
  job.status["quarantine"] = nullptr;
  if (member_or_null(job.status, "lastExecution").is_null()) {
    job.status["lastExecution"] = empty_execution();
  }
  job.status["troubleshootingUrl"] = "";
}

}  // namespace

Json new_job_status() {
  return {{"code", "Paused"},
          {"countSuccessiveCompleteFailures", 0},
          {"escrowsPruned", false},
          {"lastExecution", nullptr},
          {"lastSuccessfulExecution", nullptr},
          {"lastSuccessfulExecutionWithExports", nullptr},
          {"progress", Json::array()},
          {"quarantine", nullptr},
          {"steadyStateFirstAchievedTime", never},
          {"steadyStateLastAchievedTime", never},
          {"synchronizedEntryCountByType", Json::array()},
          {"troubleshootingUrl", nullptr}};
}

Json empty_execution() {
  return {{"activityIdentifier", nullptr},
          {"countEntitled", 0},
          {"countEntitledForProvisioning", 0},
          {"countEscrowed", 0},
          {"countEscrowedRaw", 0},
          {"countExported", 0},
          {"countExports", 0},
          {"countImported", 0},
          {"countImportedDeltas", 0},
          {"countImportedReferenceDeltas", 0},
          {"error", {{"code", "None"}, {"message", ""}, {"tenantActionable", false}}},
          {"state", "Failed"},
          {"timeBegan", never},
          {"timeEnded", never}};
}

Json job_on_wire(const Job& job) {
  const auto setting = [](const char* name, const char* value) {
    return Json{{"name", name}, {"value", value}};
  };
  return {{"id", job.id},
          {"templateId", job.template_id},
          {"schedule",
           {{"expiration", nullptr},
            {"interval", "PT40M"},
            {"state", job.active ? "Active" : assumed_schedule_state_of_a_paused_job()}}},
          {"status", job.status},
          {"synchronizationJobSettings",
           Json::array({setting("AzureIngestionAttributeOptimization", "False"),
                        setting("LookaheadQueryEnabled", "False")})}};
}

void start(Job& job, Instant now) {
  const bool runs_well = job.active && member_or_null(job.status, "quarantine").is_null();
  if (!runs_well) set_running(job, now);
}

void pause(Job& job) {
  job.active = false;
  job.next_cycle.reset();
  job.status["code"] = "Paused";
  job.status["quarantine"] = nullptr;
}

void restart(Job& job, Instant now) {
  if (job.active || assumed_restart_starts_a_stopped_job()) set_running(job, now);
}

void begin_anew(Job& job) {
  job.initial = true;
  job.skipped.clear();
}

void quarantine(Job& job, const std::string& reason, const Json& error, Instant now) {
  const Json& held = member_or_null(job.status, "quarantine");
  const std::string time = format_rfc3339(now);
  const std::int64_t attempt = count_or(held, "seriesCount", 0) + 1;
  const std::string began = string_or(held, "currentBegan", time);
  const Instant next = now + wait_after(attempt, reason);
  job.status["code"] = "Quarantine";
  job.status["quarantine"] = {{"currentBegan", began},
                              {"error", error},
                              {"nextAttempt", format_rfc3339(next)},
                              {"reason", reason},
                              {"seriesBegan", string_or(held, "seriesBegan", time)},
                              {"seriesCount", attempt}};
  job.next_cycle = next;
  if (parse_rfc3339(began).value_or(now) + longest_quarantine > now) return;
  job.active = false;  // status stays Quarantine [G], docs/graph.md#14.10
  job.next_cycle.reset();
}

}  // namespace syncwright::emulator
