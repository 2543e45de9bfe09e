#include "emulator/store/state.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "emulator/store/state_values.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

constexpr int format_version = 1;

/// A JSON object written member by member: with hundreds of schemas a state is too much to be held
/// as one value beside the store.
class StateWriter {
 public:
  void add(const char* key, const Json& value) {
    begin(key);
    text_ += canonical_json(value);
  }
  template <class Items, class ToState>
  void add_list(const char* key, const Items& items, const ToState& to_state_of) {
    begin(key);
    char separator = '[';
    for (const auto& item : items) {
      text_ += separator;
      text_ += canonical_json(to_state_of(item));
      separator = ',';
    }
    text_ += separator == '[' ? "[]" : "]";
  }
  [[nodiscard]] std::string finish() {
    text_ += '}';
    return std::move(text_);
  }

 private:
  void begin(const char* key) { text_ += fmt::format("{}\"{}\":", text_.empty() ? '{' : ',', key); }

  std::string text_;
};

Json job_to_state(const Job& job) {
  Json links = Json::object();
  for (const auto& [key, link] : job.links) {
    links[key] = {{"account", link.account}, {"objectName", link.object_name}};
  }
  Json escrows = Json::object();
  for (const auto& [key, escrow] : job.escrows) {
    escrows[key] = {{"attempts", escrow.attempts}, {"nextAttempt", to_state(escrow.next_attempt)}};
  }
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
          {"schema", job.schema},
          {"status", job.status},
          {"links", std::move(links)},
          {"escrows", std::move(escrows)},
          {"skipped", job.skipped}};
}

bool job_from_state(const Json& state, Job& job) {
  job.id = string_or(state, "id");
  job.template_id = string_or(state, "templateId");
  job.service_principal = string_or(state, "servicePrincipal");
  job.status = member_or_null(state, "status");
  if (job.id.empty() || !job.status.is_object()) return false;
  const bool has_times = read_time(state, "created", job.created) &&
                         read_time(state, "deleted", job.deleted) &&
                         read_time(state, "nextCycle", job.next_cycle);
  if (!has_times) return false;
  job.active = bool_or(state, "active", false);
  job.initial = bool_or(state, "initial", true);
  job.synced_everybody = bool_or(state, "syncedEverybody", false);
  job.force_deletes = bool_or(state, "forceDeletes", false);
  job.schema = member_or_null(state, "schema");
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

Json targets_to_state(const Store& store) {
  Json targets = Json::object();
  for (const auto& [id, target] : store.targets) {
    Json accounts = Json::object();
    for (const auto& [account_id, account] : target.accounts) {
      Json values = Json::object();
      for (const auto& [name, value] : account.held.attributes.values()) {
        values[name] = to_json(value);
      }
      accounts[account_id] = {
          {"object", account.object}, {"name", account.held.name}, {"values", std::move(values)}};
    }
    targets[id] = {{"accounts", std::move(accounts)}, {"lastId", target.last_id}};
  }
  return targets;
}

bool targets_from_state(const Json& state, Store& store) {
  for (const auto& [id, held] : state.items()) {
    Target& target = store.targets[id];
    target.last_id = count_or(held, "lastId", target.last_id);
    for (const auto& [account_id, account] : member_or_null(held, "accounts").items()) {
      auto values = expression::AttributeMap::from_json(member_or_null(account, "values"));
      if (!values) return false;
      target.accounts[account_id] = {string_or(account, "object"),
                                     {account_id, string_or(account, "name"), std::move(*values)}};
    }
  }
  return true;
}

Json claims_to_state(const Store& store) {
  Json claims = Json::object();
  for (const auto& [name, claim] : store.unique_names) {
    claims[name] = {{"application", claim.application}, {"at", to_state(claim.at)}};
  }
  return claims;
}

bool claims_from_state(const Json& state, Store& store) {
  for (const auto& [name, claim] : state.items()) {
    Instant at;
    if (!read_time(claim, "at", at)) return false;
    store.unique_names[name] = {string_or(claim, "application"), at};
  }
  return true;
}

Json assignment_to_state(const Assignment& assignment) {
  return {{"value", assignment.value},
          {"created", to_state(assignment.created)},
          {"deleted", to_state(assignment.deleted)}};
}

bool assignments_from_state(const Json& state, Store& store) {
  for (const Json& held : state) {
    Assignment assignment;
    assignment.value = member_or_null(held, "value");
    const bool is_whole = assignment.value.is_object() &&
                          read_time(held, "created", assignment.created) &&
                          read_time(held, "deleted", assignment.deleted);
    if (!is_whole) return false;
    store.assignments.push_back(std::move(assignment));
  }
  return true;
}

bool jobs_from_state(const Json& state, Store& store) {
  for (const Json& held : state) {
    Job job;
    if (!job_from_state(held, job)) return false;
    const std::string id = job.id;
    store.jobs.emplace(id, std::move(job));
  }
  return true;
}

bool text_maps_from_state(const Json& state, Store& store) {
  for (const auto& [id, pairs] : member_or_null(state, "secrets").items()) {
    for (const auto& [key, value] : pairs.items()) {
      if (!value.is_string()) return false;
      store.secrets[id][key] = value.get<std::string>();
    }
  }
  for (const auto& [id, application] : member_or_null(state, "applicationOf").items()) {
    if (!application.is_string()) return false;
    store.application_of[id] = application.get<std::string>();
  }
  return true;
}

std::vector<Json> objects_of(const Json& directory, const char* name) {
  const Json& list = member_or_null(directory, name);
  return list.is_array() ? list.get<std::vector<Json>>() : std::vector<Json>();
}

void load_directory(const Json& directory, Store& store) {
  const Json& tenant = member_or_null(directory, "tenant");
  store.tenant_id = string_or(tenant, "id", named_uuid("syncwright emulator tenant"));
  store.tenant_name = string_or(tenant, "displayName", "Contoso");
  store.default_domain = string_or(tenant, "defaultDomain", "contoso.example");
  store.users = objects_of(directory, "users");
  store.groups = objects_of(directory, "groups");
}

tl::unexpected<Error> broken(const char* part) {
  return fail(ErrorKind::invalid_input, fmt::format("the emulator's state has a broken '{}'", part),
              "remove the state file to begin with a new tenant");
}

}  // namespace

Store new_store(const Catalog& catalog) {
  Store store;
  load_directory(catalog.directory, store);
  return store;
}

std::string state_text(const Store& store, Instant saved_at) {
  StateWriter state;
  state.add("formatVersion", format_version);
  state.add("savedAt", to_state(saved_at));
  state.add("directory", {{"tenant",
                           {{"id", store.tenant_id},
                            {"displayName", store.tenant_name},
                            {"defaultDomain", store.default_domain}}},
                          {"users", store.users},
                          {"groups", store.groups}});
  const auto replicated = [](const auto& object) { return object->to_json(); };
  state.add_list("applications", store.applications.all(), replicated);
  state.add_list("servicePrincipals", store.service_principals.all(), replicated);
  state.add("applicationOf", store.application_of);
  state.add("uniqueNames", claims_to_state(store));
  state.add_list("assignments", store.assignments, assignment_to_state);
  state.add_list("jobs", store.jobs, [](const auto& entry) { return job_to_state(entry.second); });
  state.add("secrets", store.secrets);
  state.add("targets", targets_to_state(store));
  state.add_list("provisioningLog", store.log, std::identity{});
  state.add_list("directoryAudits", store.audits, std::identity{});
  return state.finish();
}

Result<Store> store_from_state(const Json& state) {
  if (int_or(state, "formatVersion", 0) != format_version) {
    return fail(ErrorKind::invalid_input,
                fmt::format("the emulator's state is not of format version {}", format_version),
                "remove the state file to begin with a new tenant");
  }
  std::optional<Instant> saved;
  if (!read_time(state, "savedAt", saved)) return broken("savedAt");
  Store store;
  load_directory(member_or_null(state, "directory"), store);
  if (!store.applications.load(member_or_null(state, "applications")))
    return broken("applications");
  if (!store.service_principals.load(member_or_null(state, "servicePrincipals"))) {
    return broken("servicePrincipals");
  }
  if (!claims_from_state(member_or_null(state, "uniqueNames"), store)) return broken("uniqueNames");
  if (!assignments_from_state(member_or_null(state, "assignments"), store)) {
    return broken("assignments");
  }
  if (!jobs_from_state(member_or_null(state, "jobs"), store)) return broken("jobs");
  if (!text_maps_from_state(state, store)) return broken("secrets");
  if (!targets_from_state(member_or_null(state, "targets"), store)) return broken("targets");
  for (const Json& entry : member_or_null(state, "provisioningLog")) store.log_provisioning(entry);
  for (const Json& entry : member_or_null(state, "directoryAudits")) {
    store.log_audit(entry);
  }
  return store;
}

Instant saved_at(const Json& state) {
  std::optional<Instant> saved;
  return read_time(state, "savedAt", saved) ? saved.value_or(Instant{}) : Instant{};
}

}  // namespace syncwright::emulator
