#include "emulator/path_alias.h"

#include <string>

#include "emulator/graph_error.h"
#include "emulator/store/store.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

bool is_segment(const Call& call, std::size_t place, const char* name) {
  return call.segments.size() > place && ascii::equal_ignoring_case(call.segments[place], name);
}

/// [G] docs/graph.md#5.5.1: no page says whose the jobs of an application are. They are taken for
/// those of its service principal. Empty where it has none that the call sees.
std::string assumed_job_holder(const Store& store, const Call& call,
                               const std::string& application) {
  const Replicated* object = store.applications.find(application);
  if (!object || !object->by_id(call.now, store.delay)) return {};
  for (const std::string& id : store.service_principals_of(application)) {
    if (store.service_principals.find(id)->by_id(call.now, store.delay)) return id;
  }
  return {};
}

}  // namespace

std::optional<Reply> resolve_jobs_of_application(const Store& store, Call& call) {
  const bool is_meant = is_segment(call, 0, "applications") &&
                        is_segment(call, 2, "synchronization") && is_segment(call, 3, "jobs");
  if (!is_meant) return std::nullopt;
  const std::string holder = assumed_job_holder(store, call, call.segments[1]);
  if (holder.empty()) return resource_not_found(call.segments[1]);
  call.segments[0] = "servicePrincipals";
  call.segments[1] = holder;
  return std::nullopt;
}

std::optional<Reply> resolve_me(Call& call) {
  if (!is_segment(call, 0, "me")) return std::nullopt;
  const std::string& user = call.caller.user;
  if (user.empty()) {
    return gateway_refusal("/me request is only valid with delegated authentication flow.");
  }
  call.segments.front() = "users";
  call.segments.insert(call.segments.begin() + 1, user);
  call.parameters.insert(call.parameters.begin(), user);
  return std::nullopt;
}

}  // namespace syncwright::emulator
