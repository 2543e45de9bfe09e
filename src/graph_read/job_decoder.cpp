#include "syncwright/graph_read/decoders.h"
#include "syncwright/graph_read/plain_text.h"

namespace syncwright {
namespace {

constexpr std::string_view kNever = "0001-01-01";

/// Graph's year 1 means "never" (docs/graph.md#10.2).
std::string time_of(const Json& object, const char* key) {
  std::string time = plain_text(string_or(object, key), 64);
  return time.starts_with(kNever) ? std::string() : time;
}

std::string message_of(const Json& error) {
  return plain_text(string_or(error, "message"));
}

LiveExecution decode_execution(const Json& json) {
  const Json& error = member_or_null(json, "error");
  LiveExecution execution;
  execution.state = plain_member(json, "state", 200);
  execution.error_code = plain_member(error, "code", 200);
  execution.error_message = message_of(error);
  execution.time_began = time_of(json, "timeBegan");
  execution.time_ended = time_of(json, "timeEnded");
  execution.count_entitled = int_or(json, "countEntitled", 0);
  execution.count_imported = int_or(json, "countImported", 0);
  execution.count_exported = int_or(json, "countExported", 0);
  execution.count_escrowed = int_or(json, "countEscrowed", 0);
  return execution;
}

LiveQuarantine decode_quarantine(const Json& json) {
  const Json& error = member_or_null(json, "error");
  LiveQuarantine quarantine;
  quarantine.reason = plain_member(json, "reason", 200);
  quarantine.error_code = plain_member(error, "code", 200);
  quarantine.error_message = message_of(error);
  quarantine.current_began = time_of(json, "currentBegan");
  quarantine.next_attempt = time_of(json, "nextAttempt");
  quarantine.series_count = int_or(json, "seriesCount", 0);
  return quarantine;
}

std::map<std::string, std::int64_t> decode_counts(const Json& pairs) {
  std::map<std::string, std::int64_t> counts;
  if (!pairs.is_array()) return counts;
  for (const Json& pair : pairs) {
    const std::string key = plain_member(pair, "key", 200);
    if (!key.empty()) counts[key] = int_or(pair, "value", 0);
  }
  return counts;
}

}  // namespace

Result<LiveJob> decode_job(const Json& json) {
  Result<std::string> id = decode_id(json, "synchronization job");
  if (!id) return fail(id.error());
  const Json& schedule = member_or_null(json, "schedule");
  const Json& status = member_or_null(json, "status");
  LiveJob job;
  job.id = std::move(*id);
  job.template_id = plain_member(json, "templateId", 200);
  job.schedule_state = plain_member(schedule, "state", 200);
  job.schedule_interval = plain_member(schedule, "interval", 200);
  job.status_code = plain_member(status, "code", 200);
  const Json& quarantine = member_or_null(status, "quarantine");
  if (quarantine.is_object()) job.quarantine = decode_quarantine(quarantine);
  const Json& execution = member_or_null(status, "lastExecution");
  if (execution.is_object()) job.last_execution = decode_execution(execution);
  job.last_successful_end = time_of(member_or_null(status, "lastSuccessfulExecution"), "timeEnded");
  job.steady_state_since = time_of(status, "steadyStateFirstAchievedTime");
  job.synchronized_entries = decode_counts(member_or_null(status, "synchronizedEntryCountByType"));
  return job;
}

}  // namespace syncwright
