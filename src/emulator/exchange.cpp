#include "emulator/exchange.h"

#include <algorithm>

#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

bool Call::is_eventual() const {
  return ascii::equal_ignoring_case(headers.get("ConsistencyLevel").value_or(""), "eventual");
}

const std::string& Exchange::tenant_id() const {
  return call.caller.tenant_id.empty() ? store.tenant_id : call.caller.tenant_id;
}

const Json* Exchange::application(const std::string& id) const {
  const Replicated* object = store.applications.find(id);
  return object ? object->by_id(call.now, store.delay) : nullptr;
}

const Json* Exchange::service_principal(const std::string& id) const {
  const Replicated* object = store.service_principals.find(id);
  return object ? object->by_id(call.now, store.delay) : nullptr;
}

Job* Exchange::job(const std::string& service_principal, const std::string& id) const {
  const auto found = store.jobs.find(id);
  if (found == store.jobs.end()) return nullptr;
  Job& job = found->second;
  const bool visible =
      job.service_principal == service_principal && store.shows(job.created, job.deleted, call.now);
  return visible ? &job : nullptr;
}

Job* Exchange::job_to_change() const {
  Job* const found = job(call.parameters[0], call.parameters[1]);
  return found && !found->deleted ? found : nullptr;
}

const GalleryEntry* Exchange::gallery_entry(const std::string& service_principal) const {
  const Replicated* object = store.service_principals.find(service_principal);
  return object ? catalog.find(string_or(object->value(), "applicationTemplateId")) : nullptr;
}

RandomSource& random_source_of(const TenantOptions& options) {
  return options.random ? *options.random : system_random_source();
}

const Json& list_or_empty(const Json& owner, const char* name) {
  static const Json none = Json::array();
  const Json& value = member_or_null(owner, name);
  return value.is_array() ? value : none;
}

Reply no_content() {
  Reply reply;
  reply.status = 204;
  return reply;
}

}  // namespace syncwright::emulator
