#include "emulator/store/row_json.h"

#include <algorithm>
#include <string>
#include <utility>

#include "emulator/store/state_values.h"

namespace syncwright::emulator {

namespace {

Json links_json(const Job& job) {
  Json links = Json::object();
  for (const auto& [key, link] : job.links) {
    links[key] = {{"account", link.account}, {"objectName", link.object_name}};
  }
  return links;
}

Json escrows_json(const Job& job) {
  Json escrows = Json::object();
  for (const auto& [key, escrow] : job.escrows) {
    escrows[key] = {{"attempts", escrow.attempts}, {"nextAttempt", to_state(escrow.next_attempt)}};
  }
  return escrows;
}

bool read_progress(const Json& state, Job& job) {
  for (const auto& [key, link] : member_or_null(state, "links").items()) {
    job.links[key] = {string_or(link, "account"), string_or(link, "objectName")};
  }
  for (const auto& [key, escrow] : member_or_null(state, "escrows").items()) {
    constexpr std::int64_t most_attempts = 1'000'000;
    const auto attempts = std::min(count_or(escrow, "attempts", 1), most_attempts);
    Instant next;
    if (!read_time(escrow, "nextAttempt", next)) return false;
    job.escrows[key] = {static_cast<int>(attempts), next};
  }
  for (const auto& [key, reason] : member_or_null(state, "skipped").items()) {
    job.skipped[key] = reason.is_string() ? reason.get<std::string>() : "";
  }
  return true;
}

}  // namespace

Json row_json(const Claim& claim) {
  return {{"application", claim.application}, {"at", to_state(claim.at)}};
}

Json row_json(const Assignment& assignment) {
  return {{"value", assignment.value},
          {"created", to_state(assignment.created)},
          {"deleted", to_state(assignment.deleted)}};
}

Json row_json(const Job& job) {
  return {{"id", job.id},
          {"templateId", job.template_id},
          {"servicePrincipal", job.service_principal},
          {"created", to_state(job.created)},
          {"deleted", to_state(job.deleted)},
          {"active", job.active},
          {"nextCycle", to_state(job.next_cycle)},
          {"initial", job.initial},
          {"syncedEverybody", job.synced_everybody},
          {"forceDeletes", job.force_deletes},
          {"schema", job.schema.empty() ? Json() : Json(job.schema)},
          {"status", job.status},
          {"links", links_json(job)},
          {"escrows", escrows_json(job)},
          {"skipped", job.skipped}};
}

Json row_json(const Upload& upload) {
  return {{"job", upload.job}, {"object", upload.object}};
}

Json row_json(const SavedSecrets& secrets) {
  Json pairs = Json::array();
  for (const auto& [key, value] : secrets) pairs.push_back({{"key", key}, {"value", value}});
  return {{"pairs", std::move(pairs)}};
}

Json row_json(const Target& target) {
  Json accounts = Json::object();
  for (const auto& [id, account] : target.accounts) {
    Json values = Json::object();
    for (const auto& [name, value] : account.held.attributes.values()) {
      values[name] = to_json(value);
    }
    accounts[id] = {
        {"object", account.object}, {"name", account.held.name}, {"values", std::move(values)}};
  }
  return {{"accounts", std::move(accounts)}, {"lastId", target.last_id}};
}

template <>
std::optional<Json> row_from_json(const Json& state) {
  return state.is_object() ? std::optional(state) : std::nullopt;
}

template <>
std::optional<Replicated> row_from_json(const Json& state) {
  return Replicated::from_json(state);
}

template <>
std::optional<Claim> row_from_json(const Json& state) {
  Claim claim;
  claim.application = string_or(state, "application");
  return read_time(state, "at", claim.at) ? std::optional(claim) : std::nullopt;
}

template <>
std::optional<Assignment> row_from_json(const Json& state) {
  Assignment assignment;
  assignment.value = member_or_null(state, "value");
  const bool is_whole = assignment.value.is_object() &&
                        read_time(state, "created", assignment.created) &&
                        read_time(state, "deleted", assignment.deleted);
  return is_whole ? std::optional(std::move(assignment)) : std::nullopt;
}

template <>
std::optional<Job> row_from_json(const Json& state) {
  Job job;
  job.id = string_or(state, "id");
  job.template_id = string_or(state, "templateId");
  job.service_principal = string_or(state, "servicePrincipal");
  job.status = member_or_null(state, "status");
  if (job.id.empty() || !job.status.is_object()) return std::nullopt;
  const bool has_times = read_time(state, "created", job.created) &&
                         read_time(state, "deleted", job.deleted) &&
                         read_time(state, "nextCycle", job.next_cycle);
  if (!has_times) return std::nullopt;
  job.active = bool_or(state, "active", false);
  job.initial = bool_or(state, "initial", true);
  job.synced_everybody = bool_or(state, "syncedEverybody", false);
  job.force_deletes = bool_or(state, "forceDeletes", false);
  job.schema = string_or(state, "schema");
  return read_progress(state, job) ? std::optional(std::move(job)) : std::nullopt;
}

template <>
std::optional<Upload> row_from_json(const Json& state) {
  Upload upload{string_or(state, "job"), member_or_null(state, "object")};
  const bool is_whole = !upload.job.empty() && !string_or(upload.object, "id").empty();
  return is_whole ? std::optional(std::move(upload)) : std::nullopt;
}

template <>
std::optional<SavedSecrets> row_from_json(const Json& state) {
  SavedSecrets secrets;
  const Json& pairs = member_or_null(state, "pairs");
  if (!pairs.is_array()) {  // by key, as they were saved when their order was lost
    for (const auto& [key, value] : state.items()) {
      if (!value.is_string()) return std::nullopt;
      secrets.set(key, value.get<std::string>());
    }
    return secrets;
  }
  for (const Json& pair : pairs) {
    const Json& value = member_or_null(pair, "value");
    if (!value.is_string()) return std::nullopt;
    secrets.set(string_or(pair, "key"), value.get<std::string>());
  }
  return secrets;
}

template <>
std::optional<Target> row_from_json(const Json& state) {
  Target target;
  target.last_id = count_or(state, "lastId", target.last_id);
  for (const auto& [id, account] : member_or_null(state, "accounts").items()) {
    auto values = expression::AttributeMap::from_json(member_or_null(account, "values"));
    if (!values) return std::nullopt;
    target.accounts[id] = {string_or(account, "object"),
                           {id, string_or(account, "name"), std::move(*values)}};
  }
  return target;
}

}  // namespace syncwright::emulator
