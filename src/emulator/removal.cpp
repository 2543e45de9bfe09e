#include "removal.h"

#include <map>

namespace syncwright::emulator {

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

}  // namespace syncwright::emulator
