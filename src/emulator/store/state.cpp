#include "emulator/store/state.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "emulator/store/row_json.h"
#include "emulator/store/state_values.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

constexpr int format_version = 1;
constexpr const char* way_out = "mend it, or remove it to begin with a new tenant";

/// A JSON object written member by member: with hundreds of schemas a state is too much to be held
/// as one value beside the store.
class StateWriter {
 public:
  explicit StateWriter(const std::function<void(std::string_view)>& write) : write_(write) {}

  void add(const char* key, const Json& value) {
    begin(key);
    write_(canonical_json(value));
  }
  template <class Row>
  void add_rows(const char* key, const Table<Row>& table) {
    begin_list(key);
    for (const Row& row : table) add_item(canonical_json(row_json(row)));
    end_list();
  }
  void begin_list(const char* key) {
    begin(key);
    write_("[");
    item_separator_ = "";
  }
  void add_item(std::string_view text) {
    write_(item_separator_);
    write_(text);
    item_separator_ = ",";
  }
  void end_list() { write_("]"); }
  void finish() { write_("}"); }

 private:
  void begin(const char* key) {
    write_(fmt::format("{}\"{}\":", separator_, key));
    separator_ = ',';
  }

  const std::function<void(std::string_view)>& write_;
  char separator_ = '{';
  const char* item_separator_ = "";
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

/// The text of the document in place of its digest, which no other member holds.
std::string job_with_document(const Store& store, const Job& job) {
  std::string text = canonical_json(row_json(job));
  if (job.schema.empty()) return text;
  const std::string digest = canonical_json(job.schema);
  text.replace(text.find(digest), digest.size(), store.documents.text(job.schema));
  return text;
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
    if (schema.is_object()) {
      store.set_schema(id, schema);
    } else if (!schema.is_null()) {
      return false;
    }
  }
  return true;
}

bool load_people(const Json& people, Table<Json>& table) {
  for (const Json& person : people) {
    const std::string id = string_or(person, "id");
    if (id.empty()) return false;
    table.add(id, person);
  }
  return people.is_array() || people.is_null();
}

bool load_directory(const Json& directory, Store& store) {
  const Json& tenant = member_or_null(directory, "tenant");
  store.tenant_id = string_or(tenant, "id", named_uuid("syncwright emulator tenant"));
  store.tenant_name = string_or(tenant, "displayName", "Contoso");
  store.default_domain = string_or(tenant, "defaultDomain", "contoso.example");
  return directory.is_object() && load_people(member_or_null(directory, "users"), store.users) &&
         load_people(member_or_null(directory, "groups"), store.groups);
}

/// Everybody of a real tenant was created at some time; these before anything that is done here.
Json with_dated_people(Json directory) {
  constexpr const char* joined = "2024-02-05T08:00:00Z";
  if (!directory.is_object()) return directory;
  for (const char* kind : {"users", "groups"}) {
    if (!directory.contains(kind)) continue;
    for (Json& person : directory[kind]) {
      if (person.is_object() && member_or_null(person, "createdDateTime").is_null()) {
        person["createdDateTime"] = joined;
      }
    }
  }
  return directory;
}

tl::unexpected<Error> broken(const char* part) {
  return fail(ErrorKind::invalid_input, fmt::format("the emulator's state has a broken '{}'", part),
              way_out);
}

}  // namespace

void begin_store(const Catalog& catalog, Store& store) {
  // a catalog may go without people
  static_cast<void>(load_directory(with_dated_people(catalog.directory), store));
  store.forget_changes();
}

void write_state(const Store& store, Instant saved_at,
                 const std::function<void(std::string_view)>& write) {
  StateWriter state(write);
  state.add("formatVersion", format_version);
  state.add("savedAt", to_state(saved_at));
  state.add("directory", {{"tenant",
                           {{"id", store.tenant_id},
                            {"displayName", store.tenant_name},
                            {"defaultDomain", store.default_domain}}},
                          {"users", rows_in_order(store.users)},
                          {"groups", rows_in_order(store.groups)}});
  state.add_rows("applications", store.applications);
  state.add_rows("servicePrincipals", store.service_principals);
  state.add("applicationOf", applications_by_service_principal(store));
  state.add("uniqueNames", rows_by_id(store.claims));
  state.add_rows("assignments", store.assignments);
  state.begin_list("jobs");
  for (const Job& job : store.jobs) state.add_item(job_with_document(store, job));
  state.end_list();
  state.add("uploads", rows_by_id(store.uploads));
  state.add("secrets", rows_by_id(store.secrets));
  state.add("templates", rows_by_id(store.templates));
  state.add("targets", rows_by_id(store.targets));
  state.add("federatedIdentityCredentials", rows_in_order(store.federated_credentials));
  state.add("passwordDigests", rows_by_id(store.password_digests));
  state.add("crossTenantAccess", rows_by_id(store.cross_tenant_access));
  state.add("oauth2PermissionGrants", rows_in_order(store.permission_grants));
  Store::for_each_log(store, [&](const char* name, const Log& log) {
    state.begin_list(name);
    log.for_each_text([&](std::string_view entry) { state.add_item(entry); });
    state.end_list();
  });
  state.finish();
}

Result<void> read_state(const Json& state, Store& store) {
  if (int_or(state, "formatVersion", 0) != format_version) {
    return fail(ErrorKind::invalid_input,
                fmt::format("the emulator's state is not of format version {}", format_version),
                way_out);
  }
  std::optional<Instant> saved;
  if (!read_time(state, "savedAt", saved)) return broken("savedAt");
  if (!load_directory(member_or_null(state, "directory"), store)) return broken("directory");
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
  if (!load_by_id(part("templates"), store.templates)) return broken("templates");
  if (!load_by_id(part("targets"), store.targets)) return broken("targets");
  if (!load_people(part("federatedIdentityCredentials"), store.federated_credentials)) {
    return broken("federatedIdentityCredentials");
  }
  if (!load_by_id(part("passwordDigests"), store.password_digests)) {
    return broken("passwordDigests");
  }
  if (!load_by_id(part("crossTenantAccess"), store.cross_tenant_access)) {
    return broken("crossTenantAccess");
  }
  if (!load_people(part("oauth2PermissionGrants"), store.permission_grants)) {
    return broken("oauth2PermissionGrants");
  }
  Store::for_each_log(store, [&](const char* name, Log& log) {
    for (const Json& entry : part(name)) log.append(entry);
  });
  return {};
}

Instant saved_at(const Json& state) {
  std::optional<Instant> saved;
  return read_time(state, "savedAt", saved) ? saved.value_or(Instant{}) : Instant{};
}

}  // namespace syncwright::emulator
