#include "syncwright/graph_read/decoders.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "syncwright/graph_read/answer_text.h"
#include "syncwright/model/application_members.h"

namespace syncwright::graph_read {
namespace {

constexpr std::size_t kMaxId = 300;

/// Ids are opaque (docs/graph.md#5.5), but one that could leave its path segment names nothing of
/// ours.
bool usable_id(const std::string& id) {
  if (id.empty() || id.size() > kMaxId || id == "." || id == "..") return false;
  return std::none_of(id.begin(), id.end(), [](char character) {
    const auto byte = static_cast<unsigned char>(character);
    return byte <= 0x20 || byte == 0x7f || character == '/' || character == '\\';
  });
}

constexpr std::string_view kNever = "0001-01-01";

/// Graph's year 1 means "never" (docs/graph.md#10.2).
std::string time_of(const Json& object, const char* key) {
  std::string time = plain_text(string_or(object, key), 64);
  return time.starts_with(kNever) ? std::string() : time;
}

std::string message_of(const Json& error) {
  return plain_text(string_or(error, "message"));
}

model::LiveExecution decode_execution(const Json& json) {
  const Json& error = member_or_null(json, "error");
  model::LiveExecution execution;
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

model::LiveQuarantine decode_quarantine(const Json& json) {
  const Json& error = member_or_null(json, "error");
  model::LiveQuarantine quarantine;
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

Result<std::string> decode_id(const Json& json, std::string_view what) {
  std::string id = string_or(json, "id", string_or(json, "objectId"));
  if (usable_id(id)) return id;
  return fail(ErrorKind::malformed, "the answer holds a " + std::string(what) + " without an id");
}

std::vector<std::string> decode_strings(const Json& array) {
  std::vector<std::string> strings;
  if (!array.is_array()) return strings;
  strings.reserve(array.size());
  for (const Json& item : array) {
    if (item.is_string()) strings.push_back(item.get<std::string>());
  }
  return strings;
}

Result<GraphReader::ServicePrincipal> decode_service_principal(const Json& json) {
  Result<std::string> id = decode_id(json, "service principal");
  if (!id) return fail(id.error());
  GraphReader::ServicePrincipal principal;
  principal.reference.service_principal_id = std::move(*id);
  principal.reference.app_id = string_or(json, "appId");
  model::for_each_application_text(
      [&](const auto& row) { principal.reference.*row.principal = string_or(json, row.name); });
  principal.application_template_id = string_or(json, "applicationTemplateId");
  principal.tags = decode_strings(member_or_null(json, "tags"));
  if (principal.reference.app_id.empty()) {
    return fail(ErrorKind::malformed, "the answer holds a service principal without an appId");
  }
  return principal;
}

Result<model::LiveReference> decode_application(const Json& json) {
  Result<std::string> id = decode_id(json, "application");
  if (!id) return fail(id.error());
  model::LiveReference reference;
  reference.application_id = std::move(*id);
  reference.app_id = string_or(json, "appId");
  reference.display_name = string_or(json, "displayName");
  reference.application_display_name = reference.display_name;
  reference.created = plain_text(string_or(json, "createdDateTime"), 64);
  reference.unique_name = string_or(json, "uniqueName");
  if (reference.app_id.empty()) {
    return fail(ErrorKind::malformed, "the answer holds an application without an appId");
  }
  return reference;
}

Result<model::GalleryTemplate> decode_gallery_template(const Json& json) {
  Result<std::string> id = decode_id(json, "application template");
  if (!id) return fail(id.error());
  model::GalleryTemplate entry;
  entry.id = std::move(*id);
  entry.display_name = string_or(json, "displayName");
  entry.publisher = string_or(json, "publisher");
  entry.categories = decode_strings(member_or_null(json, "categories"));
  const Json& provisioning = member_or_null(json, "supportedProvisioningTypes");
  if (provisioning.is_array()) {
    const std::vector<std::string> types = decode_strings(provisioning);
    entry.supports_provisioning = std::find(types.begin(), types.end(), "sync") != types.end();
  }
  return entry;
}

Result<model::LiveAppRole> decode_app_role(const Json& json) {
  Result<std::string> id = decode_id(json, "app role");
  if (!id) return fail(id.error());
  model::LiveAppRole role;
  role.id = std::move(*id);
  role.value = string_or(json, "value");
  role.display_name = string_or(json, "displayName");
  role.enabled = bool_or(json, "isEnabled", true);
  role.allowed_member_types = decode_strings(member_or_null(json, "allowedMemberTypes"));
  return role;
}

Result<model::LiveAssignment> decode_assignment(const Json& json) {
  Result<std::string> id = decode_id(json, "role assignment");
  if (!id) return fail(id.error());
  model::LiveAssignment assignment;
  assignment.id = std::move(*id);
  assignment.principal_id = string_or(json, "principalId");
  assignment.principal_type = string_or(json, "principalType");
  assignment.principal_name = plain_text(string_or(json, "principalDisplayName"));
  assignment.app_role_id = string_or(json, "appRoleId");
  if (assignment.principal_id.empty() || assignment.app_role_id.empty()) {
    return fail(ErrorKind::malformed,
                "the answer holds a role assignment without its principal or role");
  }
  return assignment;
}

Result<model::LivePrincipal> decode_principal(const Json& json) {
  Result<std::string> id = decode_id(json, "user or group");
  if (!id) return fail(id.error());
  return model::LivePrincipal{std::move(*id), string_or(json, "displayName"),
                              string_or(json, "userPrincipalName")};
}

Result<model::LiveJob> decode_job(const Json& json) {
  Result<std::string> id = decode_id(json, "synchronization job");
  if (!id) return fail(id.error());
  const Json& schedule = member_or_null(json, "schedule");
  const Json& status = member_or_null(json, "status");
  model::LiveJob job;
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

Result<std::vector<model::LiveSecret>> decode_secrets(const Json& json) {
  const Json& pairs = member_or_null(json, "value");
  if (!pairs.is_array()) {
    return fail(ErrorKind::malformed, "the answer has no collection `value` of secrets");
  }
  std::vector<model::LiveSecret> secrets;
  for (const Json& pair : pairs) {
    model::LiveSecret secret{string_or(pair, "key"), string_or(pair, "value")};
    if (secret.key.empty()) {
      return fail(ErrorKind::malformed, "the answer holds a secret without a key");
    }
    secrets.push_back(std::move(secret));
  }
  std::stable_sort(secrets.begin(), secrets.end(),
                   [](const model::LiveSecret& left, const model::LiveSecret& right) {
                     return left.key < right.key;
                   });
  return secrets;
}

Result<std::vector<std::string>> decode_synchronization_templates(const std::vector<Json>& items) {
  std::vector<std::string> defaults;
  std::vector<std::string> others;
  for (const Json& item : items) {
    Result<std::string> id = decode_id(item, "synchronization template");
    if (!id) return fail(id.error());
    (bool_or(item, "default", false) ? defaults : others).push_back(std::move(*id));
  }
  defaults.insert(defaults.end(), others.begin(), others.end());
  return defaults;
}

}  // namespace syncwright::graph_read
