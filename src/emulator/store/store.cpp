#include "emulator/store/store.h"

#include <algorithm>
#include <utility>

#include "emulator/store/credential_history.h"

namespace syncwright::emulator {

namespace {

RowKeys assignment_keys(const Assignment& assignment) {
  return {row_key("resourceId", string_or(assignment.value, "resourceId")),
          row_key("principalId", string_or(assignment.value, "principalId"))};
}

RowKeys job_keys(const Job& job) {
  return {row_key("servicePrincipal", job.service_principal)};
}

RowKeys upload_keys(const Upload& upload) {
  return {row_key("job", upload.job)};
}

RowKeys claim_keys(const Claim& claim) {
  return {row_key("application", claim.application)};
}

RowKeys federated_credential_keys(const Json& credential) {
  return {row_key("application", string_or(credential, "application"))};
}

RowKeys permission_grant_keys(const Json& grant) {
  return {row_key("clientId", string_or(grant, "clientId")),
          row_key("resourceId", string_or(grant, "resourceId")),
          row_key("principalId", string_or(grant, "principalId"))};
}

bool lists_member(const Json& group, const std::string& id) {
  const Json& members = member_or_null(group, "members");
  return members.is_array() && std::find(members.begin(), members.end(), Json(id)) != members.end();
}

}  // namespace

Store::Store(Database& database)
    : claims(claim_keys),
      assignments(assignment_keys),
      jobs(job_keys),
      uploads(upload_keys),
      federated_credentials(federated_credential_keys),
      permission_grants(permission_grant_keys),
      log(database, "provisioningLog"),
      audits(database, "directoryAudits"),
      documents(database) {}

const SavedSecrets& Store::secrets_of(const std::string& service_principal) const {
  static const SavedSecrets none;
  const SavedSecrets* found = secrets.find(service_principal);
  return found ? *found : none;
}

std::vector<std::string> Store::service_principals_of(const std::string& application) const {
  const Replicated* object = applications.find(application);
  if (!object) return {};
  return service_principals.ids_with("appId", string_or(object->value(), "appId"));
}

void Store::change(Collection& objects, const std::string& id, Json value, Instant now) {
  if (has_own_credentials(objects.find(id)->value())) mark_credentials(value);
  objects.edit_keys(id, [&](Replicated& object) { object.change(std::move(value), now, delay); });
}

void Store::remove_federated_credential(const std::string& id, Instant now) {
  const std::string application = string_or(*federated_credentials.find(id), "application");
  federated_credentials.erase(id);
  Json value = applications.find(application)->value();
  mark_credentials(value);
  change(applications, application, std::move(value), now);
}

void Store::set_schema(const std::string& job, const Json& schema) {
  std::string& held = jobs.edit(job).schema;
  const std::string before =
      std::exchange(held, schema.is_null() ? std::string() : documents.keep(schema));
  documents.release(before);
}

void Store::remove_application(const std::string& id, Instant now) {
  if (applications.find(id)) applications.edit(id).remove(now);
  for (const std::string& service_principal : service_principals_of(id)) {
    if (!service_principals.find(service_principal)->is_deleted()) {
      remove_service_principal(service_principal, now);
    }
  }
}

void Store::remove_service_principal(const std::string& id, Instant now) {
  if (service_principals.find(id)) service_principals.edit(id).remove(now);
  for (const std::string& job_id : jobs.ids_with("servicePrincipal", id)) {
    if (jobs.find(job_id)->deleted) continue;
    Job& job = jobs.edit(job_id);
    job.deleted = now;
    job.next_cycle.reset();
  }
  remove_assignments("resourceId", id, now);
  remove_assignments("principalId", id, now);
  remove_permission_grants("clientId", id);
  remove_permission_grants("resourceId", id);
  secrets.erase(id);
}

void Store::remove_assignments(std::string_view key, const std::string& id, Instant now) {
  for (const std::string& assignment : assignments.ids_with(key, id)) {
    if (!assignments.find(assignment)->deleted) assignments.edit(assignment).deleted = now;
  }
}

void Store::remove_permission_grants(std::string_view key, const std::string& id) {
  for (const std::string& grant : permission_grants.ids_with(key, id)) {
    permission_grants.erase(grant);
  }
}

void Store::purge_application(const std::string& id) {
  for (const std::string& name : claims.ids_with("application", id)) claims.erase(name);
  std::vector<std::string> written;
  for (auto row = templates.begin(); row != templates.end(); ++row) {
    if (string_or(*row, "application") == id) written.push_back(row.id());
  }
  for (const std::string& row : written) templates.erase(row);
  for (const std::string& credential : federated_credentials.ids_with("application", id)) {
    federated_credentials.erase(credential);
  }
  if (const Replicated* object = applications.find(id)) forget_passwords(object->value());
  applications.erase(id);
}

void Store::purge_service_principal(const std::string& id) {
  targets.erase(id);
  if (const Replicated* object = service_principals.find(id)) forget_passwords(object->value());
  service_principals.erase(id);
}

void Store::forget_passwords(const Json& object) {
  const Json& passwords = member_or_null(object, "passwordCredentials");
  if (!passwords.is_array()) return;
  for (const Json& password : passwords) password_digests.erase(string_or(password, "keyId"));
}

void Store::purge_person(Table<Json>& people, const std::string& id, Instant now) {
  people.erase(id);
  for (const Json& group : groups) {
    if (!lists_member(group, id)) continue;
    Json& members = groups.edit(string_or(group, "id"))["members"];
    std::erase(members.get_ref<Json::array_t&>(), Json(id));
  }
  for (const Json& user : users) {
    if (string_or(user, "manager") == id) users.edit(string_or(user, "id"))["manager"] = nullptr;
  }
  remove_assignments("principalId", id, now);
  remove_permission_grants("principalId", id);
}

void Store::purge_user(const std::string& id, Instant now) {
  purge_person(users, id, now);
}

void Store::purge_group(const std::string& id, Instant now) {
  purge_person(groups, id, now);
}

std::vector<std::string> Store::due_jobs(Instant now) const {
  return cycles_.until(now);
}

void Store::forget_deleted(Instant now) {
  const Instant seen = now - 2 * delay;
  for (const std::string& id : deleted_jobs_.until(seen)) {
    documents.release(jobs.find(id)->schema);
    for (const std::string& upload : uploads.ids_with("job", id)) uploads.erase(upload);
    jobs.erase(id);
  }
  for (const std::string& id : deleted_assignments_.until(seen)) assignments.erase(id);
}

bool Store::has_changed() const {
  bool changed = false;
  for_each_log(*this,
               [&](const char*, const Log& each) { changed = changed || each.has_changed(); });
  for_each_table(*this, [&](const char*, const auto& table) {
    changed = changed || !table.changes().empty();
  });
  return changed;
}

void Store::forget_changes() {
  for (const std::string& id : jobs.changes()) note_job(id);
  for (const std::string& id : assignments.changes()) note_assignment(id);
  for_each_table(*this, [](const char*, auto& table) { table.forget_changes(); });
  for_each_log(*this, [](const char*, Log& each) { each.forget_changes(); });
  documents.forget_changes();
}

void Store::note_loaded() {
  for (const Job& job : jobs) {
    note_job(job.id);
    if (!job.schema.empty()) documents.note_user(job.schema);
  }
  for (auto assignment = assignments.begin(); assignment != assignments.end(); ++assignment) {
    note_assignment(assignment.id());
  }
}

void Store::note_job(const std::string& id) {
  const Job* job = jobs.find(id);
  cycles_.put(id, job ? job->next_cycle : std::nullopt);
  deleted_jobs_.put(id, job ? job->deleted : std::nullopt);
}

void Store::note_assignment(const std::string& id) {
  const Assignment* assignment = assignments.find(id);
  deleted_assignments_.put(id, assignment ? assignment->deleted : std::nullopt);
}

}  // namespace syncwright::emulator
