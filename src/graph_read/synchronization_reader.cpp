#include <algorithm>
#include <utility>

#include "syncwright/graph_read/decoders.h"
#include "syncwright/graph_read/graph_path.h"
#include "syncwright/graph_read/graph_reader.h"
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

/// A live document of 2.3 MB is known (docs/graph.md#5.6).
constexpr std::size_t kMaxSchemaBytes = 64u << 20u;

Result<SynchronizationSchema> schema_of(GraphConnection& connection, const std::string& owner_path,
                                        std::stop_token stop) {
  Result<std::string> text =
      connection.get_text(owner_path + "/schema", std::move(stop), kMaxSchemaBytes);
  if (!text) return fail(std::move(text).error());
  return SynchronizationSchema::decode(std::move(*text));
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

Result<std::vector<LiveSecret>> decode_secrets(const Json& json) {
  const Json& pairs = member_or_null(json, "value");
  if (!pairs.is_array()) {
    return fail(ErrorKind::malformed, "the answer has no collection `value` of secrets");
  }
  std::vector<LiveSecret> secrets;
  for (const Json& pair : pairs) {
    LiveSecret secret{string_or(pair, "key"), string_or(pair, "value")};
    if (secret.key.empty()) {
      return fail(ErrorKind::malformed, "the answer holds a secret without a key");
    }
    secrets.push_back(std::move(secret));
  }
  std::stable_sort(
      secrets.begin(), secrets.end(),
      [](const LiveSecret& left, const LiveSecret& right) { return left.key < right.key; });
  return secrets;
}

Result<std::vector<std::string>> GraphReader::synchronization_templates(
    const std::string& service_principal_id, std::stop_token stop) {
  const Result<std::vector<Json>> items = connection_.get_all(
      synchronization_path(service_principal_id) + "/templates", std::move(stop));
  if (!items) return fail(items.error());
  return decode_synchronization_templates(*items);
}

Result<std::vector<LiveJob>> GraphReader::jobs(const std::string& service_principal_id,
                                               std::stop_token stop) {
  const Result<std::vector<Json>> items =
      connection_.get_all(synchronization_path(service_principal_id) + "/jobs", std::move(stop));
  if (!items) return fail(items.error());
  Result<std::vector<LiveJob>> jobs = decode_items(*items, decode_job);
  if (!jobs) return jobs;
  std::sort(jobs->begin(), jobs->end(),
            [](const LiveJob& left, const LiveJob& right) { return left.id < right.id; });
  return jobs;
}

Result<std::optional<LiveJob>> GraphReader::job(const std::string& service_principal_id,
                                                const std::string& job_id, std::stop_token stop) {
  return decode_optional(connection_.get(job_path(service_principal_id, job_id), std::move(stop)),
                         decode_job);
}

Result<SynchronizationSchema> GraphReader::schema(const std::string& service_principal_id,
                                                  const std::string& job_id, std::stop_token stop) {
  return schema_of(connection_, job_path(service_principal_id, job_id), std::move(stop));
}

Result<SynchronizationSchema> GraphReader::template_schema(const std::string& service_principal_id,
                                                           const std::string& template_id,
                                                           std::stop_token stop) {
  const std::string path =
      synchronization_path(service_principal_id) + object_path("templates", template_id);
  return schema_of(connection_, path, std::move(stop));
}

Result<FunctionKeys> GraphReader::function_keys(const std::string& service_principal_id,
                                                const std::string& job_id, std::stop_token stop) {
  const Result<std::vector<Json>> items = connection_.get_all(
      job_path(service_principal_id, job_id) + "/schema/functions", std::move(stop));
  if (!items) return fail(items.error());
  FunctionKeys keys;
  for (const Json& item : *items) {
    // Samples name a function by `name`, the metadata by `id` (docs/graph.md#10.2).
    FunctionKeys::Keys& function = keys.functions[string_or(item, "name", string_or(item, "id"))];
    const Json& parameters = member_or_null(item, "parameters");
    for (std::size_t i = 0; parameters.is_array() && i < parameters.size(); ++i) {
      function.names.push_back(string_or(parameters[i], "name"));
      function.repeats = bool_or(parameters[i], "allowMultipleOccurrences", false);
    }
  }
  return keys;
}

Result<std::vector<LiveSecret>> GraphReader::secrets(const std::string& service_principal_id,
                                                     std::stop_token stop) {
  HttpRequest request;
  request.url = connection_.url(synchronization_path(service_principal_id) + "/secrets");
  request.confidential = true;
  const Result<HttpResponse> response = connection_.send(request, std::move(stop));
  if (!response) return fail(response.error());
  const Result<Json> json = parse_answer(request, *response);
  if (!json) return fail(json.error());
  return decode_secrets(*json);
}

}  // namespace syncwright
