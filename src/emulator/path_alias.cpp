#include "emulator/path_alias.h"

#include <string>
#include <vector>

#include "emulator/graph_error.h"
#include "emulator/store/store.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

bool is_segment(const Call& call, std::size_t place, const char* name) {
  return call.segments.size() > place && ascii::equal_ignoring_case(call.segments[place], name);
}

/// "me" becomes "users" and the userPrincipalName, by which a user is found as well.
std::optional<Reply> resolve_me(Call& call) {
  const std::string& user = call.caller.user;
  if (user.empty()) {
    return gateway_refusal("/me request is only valid with delegated authentication flow.");
  }
  call.segments.front() = "users";
  call.segments.insert(call.segments.begin() + 1, user);
  call.parameters.insert(call.parameters.begin(), user);
  return std::nullopt;
}

/// [G] docs/graph.md#5.5: the metadata has the jobs of an application, and no page says whose they
/// are. They are taken for those of its service principal, and answered as those.
void resolve_assumed_job_holder(const Store& store, Call& call) {
  const Replicated* application = store.applications.find(call.parameters[0]);
  if (!application || !application->by_id(call.now, store.delay)) return;
  for (const std::string& id : store.service_principals_of(call.parameters[0])) {
    if (!store.service_principals.find(id)->by_id(call.now, store.delay)) continue;
    call.segments[0] = "servicePrincipals";
    call.segments[1] = id;
    call.parameters[0] = id;
    return;
  }
}

}  // namespace

std::optional<Reply> resolve_path_alias(const Store& store, Call& call) {
  if (is_segment(call, 0, "me")) return resolve_me(call);
  const bool names_jobs_of_application = is_segment(call, 0, "applications") &&
                                         is_segment(call, 2, "synchronization") &&
                                         is_segment(call, 3, "jobs");
  if (names_jobs_of_application) resolve_assumed_job_holder(store, call);
  return std::nullopt;
}

}  // namespace syncwright::emulator
