#include "emulator/store/store.h"

#include <map>
#include <utility>
#include <vector>

namespace syncwright::emulator {

namespace {

constexpr std::size_t max_log_entries = 20'000;

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

void append(std::deque<Json>& log, Json entry) {
  log.push_back(std::move(entry));
  if (log.size() > max_log_entries) log.pop_front();
}

}  // namespace

const std::map<std::string, std::string>& Store::secrets_of(
    const std::string& service_principal) const {
  static const std::map<std::string, std::string> none;
  const auto found = secrets.find(service_principal);
  return found == secrets.end() ? none : found->second;
}

const Store::Claim* Store::claim_of(const std::string& unique_name) const {
  const auto found = unique_names.find(unique_name);
  return found == unique_names.end() ? nullptr : &found->second;
}

void Store::log_provisioning(Json entry) {
  append(log, std::move(entry));
}

void Store::log_audit(Json entry) {
  append(audits, std::move(entry));
}

void Store::remove_application(const std::string& id, Instant now) {
  if (Replicated* object = applications.find(id)) object->remove(now);
  for (const auto& [service_principal, application] : application_of) {
    const Replicated* object = service_principals.find(service_principal);
    if (application == id && object && !object->is_deleted()) {
      remove_service_principal(service_principal, now);
    }
  }
}

void Store::remove_service_principal(const std::string& id, Instant now) {
  if (Replicated* object = service_principals.find(id)) object->remove(now);
  for (auto& [job_id, job] : jobs) {
    if (job.service_principal != id || job.deleted) continue;
    job.deleted = now;
    job.next_cycle.reset();
  }
  for (Assignment& assignment : assignments) {
    const bool is_own = string_or(assignment.value, "resourceId") == id ||
                        string_or(assignment.value, "principalId") == id;
    if (is_own && !assignment.deleted) assignment.deleted = now;
  }
  secrets.erase(id);
}

void Store::purge_application(const std::string& id) {
  std::erase_if(unique_names, [&](const auto& item) { return item.second.application == id; });
  applications.purge(id);
}

void Store::purge_service_principal(const std::string& id) {
  application_of.erase(id);
  targets.erase(id);
  service_principals.purge(id);
}

void Store::purge_user(const std::string& id, Instant now) {
  purge_person(*this, users, id, now);
}

void Store::purge_group(const std::string& id, Instant now) {
  purge_person(*this, groups, id, now);
}

}  // namespace syncwright::emulator
