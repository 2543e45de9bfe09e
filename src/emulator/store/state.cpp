#include "emulator/store/state.h"

#include <fmt/format.h>

#include <functional>
#include <utility>

#include "emulator/store/row_json.h"
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

/// The rows of a table whose ids are no part of the rows.
template <class Row>
Json rows_by_id(const Table<Row>& table) {
  Json rows = Json::object();
  for (auto row = table.begin(); row != table.end(); ++row) rows[row.id()] = row_json(*row);
  return rows;
}

template <class Row>
Json rows_in_order(const Table<Row>& table) {
  Json rows = Json::array();
  for (const Row& row : table) rows.push_back(row_json(row));
  return rows;
}

/// By service principal; the two have the appId in common, so that the store needs no such table.
Json applications_by_service_principal(const Store& store) {
  Json applications = Json::object();
  for (auto application = store.applications.begin(); application != store.applications.end();
       ++application) {
    for (const std::string& id : store.service_principals_of(application.id())) {
      applications[id] = application.id();
    }
  }
  return applications;
}

Json job_with_document(const Store& store, const Job& job) {
  Json state = row_json(job);
  if (!job.schema.empty()) state["schema"] = *store.documents.read(job.schema);
  return state;
}

template <class Row>
bool load_by_id(const Json& rows, Table<Row>& table) {
  for (const auto& [id, state] : rows.items()) {
    std::optional<Row> row = row_from_json<Row>(state);
    if (!row) return false;
    table.add(id, std::move(*row));
  }
  return true;
}

/// Rows whose id `id_of` finds in them.
template <class Row, class IdOf>
bool load_in_order(const Json& rows, Table<Row>& table, const IdOf& id_of) {
  for (const Json& state : rows) {
    std::optional<Row> row = row_from_json<Row>(state);
    if (!row) return false;
    const std::string id = id_of(*row);
    table.add(id, std::move(*row));
  }
  return true;
}

bool load_objects(const Json& rows, Collection& objects) {
  return rows.is_array() && load_in_order(rows, objects, [](const Replicated& object) {
           return string_or(object.value(), "id");
         });
}

bool load_assignments(const Json& rows, Store& store) {
  return load_in_order(rows, store.assignments, [](const Assignment& assignment) {
    return string_or(assignment.value, "id");
  });
}

bool load_jobs(const Json& rows, Store& store) {
  for (const Json& state : rows) {
    std::optional<Job> job = row_from_json<Job>(state);
    if (!job) return false;
    job->schema.clear();
    const std::string id = job->id;
    if (store.jobs.find(id)) return false;
    store.jobs.add(id, std::move(*job));
    const Json& schema = member_or_null(state, "schema");
    if (schema.is_object()) store.set_schema(id, schema);
  }
  return true;
}

void load_people(const Json& people, Table<Json>& table) {
  if (!people.is_array()) return;
  for (const Json& person : people) table.add(string_or(person, "id"), person);
}

void load_directory(const Json& directory, Store& store) {
  const Json& tenant = member_or_null(directory, "tenant");
  store.tenant_id = string_or(tenant, "id", named_uuid("syncwright emulator tenant"));
  store.tenant_name = string_or(tenant, "displayName", "Contoso");
  store.default_domain = string_or(tenant, "defaultDomain", "contoso.example");
  load_people(member_or_null(directory, "users"), store.users);
  load_people(member_or_null(directory, "groups"), store.groups);
}

tl::unexpected<Error> broken(const char* part) {
  return fail(ErrorKind::invalid_input, fmt::format("the emulator's state has a broken '{}'", part),
              "remove the state file to begin with a new tenant");
}

}  // namespace

Store new_store(const Catalog& catalog) {
  Store store;
  load_directory(catalog.directory, store);
  store.forget_changes();
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
                          {"users", rows_in_order(store.users)},
                          {"groups", rows_in_order(store.groups)}});
  const auto replicated = [](const Replicated& object) { return row_json(object); };
  state.add_list("applications", store.applications, replicated);
  state.add_list("servicePrincipals", store.service_principals, replicated);
  state.add("applicationOf", applications_by_service_principal(store));
  state.add("uniqueNames", rows_by_id(store.claims));
  state.add_list("assignments", store.assignments,
                 [](const Assignment& assignment) { return row_json(assignment); });
  state.add_list("jobs", store.jobs, [&](const Job& job) { return job_with_document(store, job); });
  state.add("uploads", rows_by_id(store.uploads));
  state.add("secrets", rows_by_id(store.secrets));
  state.add("targets", rows_by_id(store.targets));
  state.add_list("provisioningLog", store.log.entries(), std::identity{});
  state.add_list("directoryAudits", store.audits.entries(), std::identity{});
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
  const auto part = [&](const char* name) -> const Json& { return member_or_null(state, name); };
  if (!load_objects(part("applications"), store.applications)) return broken("applications");
  if (!load_objects(part("servicePrincipals"), store.service_principals)) {
    return broken("servicePrincipals");
  }
  if (!load_by_id(part("uniqueNames"), store.claims)) return broken("uniqueNames");
  if (!load_assignments(part("assignments"), store)) return broken("assignments");
  if (!load_jobs(part("jobs"), store)) return broken("jobs");
  if (!load_by_id(part("uploads"), store.uploads)) return broken("uploads");
  if (!load_by_id(part("secrets"), store.secrets)) return broken("secrets");
  if (!load_by_id(part("targets"), store.targets)) return broken("targets");
  for (const Json& entry : part("provisioningLog")) store.log.append(entry);
  for (const Json& entry : part("directoryAudits")) store.audits.append(entry);
  store.forget_changes();
  return store;
}

Instant saved_at(const Json& state) {
  std::optional<Instant> saved;
  return read_time(state, "savedAt", saved) ? saved.value_or(Instant{}) : Instant{};
}

}  // namespace syncwright::emulator
