#include "emulator/resources/removal.h"

#include <map>
#include <vector>

namespace syncwright::emulator {

namespace {

void purge_person(Store& store, std::vector<Json>& people, const std::string& id, Instant now) {
  std::erase_if(people, [&](const Json& person) { return string_or(person, "id") == id; });
  for (Json& group : store.groups) {
    const auto members = group.find("members");
    if (members == group.end() || !members->is_array()) continue;
    std::erase(members->get_ref<Json::array_t&>(), Json(id));
  }
  for (Json& user : store.users) {
    if (string_or(user, "manager") == id) user["manager"] = nullptr;
  }
  for (Assignment& assignment : store.assignments) {
    const bool is_own = string_or(assignment.value, "principalId") == id;
    if (is_own && !assignment.deleted) assignment.deleted = now;
  }
}

}  // namespace

void remove_application(Store& store, const std::string& id, Instant now) {
  if (Replicated* object = store.applications.find(id)) object->remove(now);
  for (const auto& [service_principal, application] : store.application_of) {
    const Replicated* object = store.service_principals.find(service_principal);
    if (application == id && object && !object->is_deleted()) {
      remove_service_principal(store, service_principal, now);
    }
  }
}

void remove_service_principal(Store& store, const std::string& id, Instant now) {
  if (Replicated* object = store.service_principals.find(id)) object->remove(now);
  for (auto& [job_id, job] : store.jobs) {
    if (job.service_principal != id || job.deleted) continue;
    job.deleted = now;
    job.next_cycle.reset();
  }
  for (Assignment& assignment : store.assignments) {
    const bool is_own = string_or(assignment.value, "resourceId") == id ||
                        string_or(assignment.value, "principalId") == id;
    if (is_own && !assignment.deleted) assignment.deleted = now;
  }
  store.secrets.erase(id);
}

void purge_application(Store& store, const std::string& id) {
  std::erase_if(store.unique_names,
                [&](const auto& item) { return item.second.application == id; });
  store.applications.purge(id);
}

void purge_service_principal(Store& store, const std::string& id) {
  store.application_of.erase(id);
  store.targets.erase(id);
  store.service_principals.purge(id);
}

void purge_user(Store& store, const std::string& id, Instant now) {
  purge_person(store, store.users, id, now);
}

void purge_group(Store& store, const std::string& id, Instant now) {
  purge_person(store, store.groups, id, now);
}

}  // namespace syncwright::emulator
