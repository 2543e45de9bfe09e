#include "syncwright/apply/preflight.h"

#include <fmt/format.h>

#include <set>

#include "syncwright/graph_read/permissions.h"

namespace syncwright {
namespace {

/// The request that a change stands or falls with: what permissions.h judges by.
struct Representative {
  HttpMethod method;
  std::string_view path;
};

Representative request_of(ChangeType type) {
  constexpr std::string_view kJob = "/servicePrincipals/id/synchronization/jobs/id";
  switch (type) {
    case ChangeType::application_instantiate:
      return {HttpMethod::post, "/applicationTemplates/id/instantiate"};
    case ChangeType::application_adopt:
    case ChangeType::application_update:
      return {HttpMethod::patch, "/servicePrincipals/id"};
    case ChangeType::application_delete:
      return {HttpMethod::del, "/applications/id"};
    case ChangeType::assignment_add:
    case ChangeType::assignment_remove:
      return {HttpMethod::post, "/servicePrincipals/id/appRoleAssignedTo"};
    case ChangeType::job_pause:
    case ChangeType::job_create:
    case ChangeType::job_restart:
    case ChangeType::job_start:
    case ChangeType::job_delete:
      return {HttpMethod::post, kJob};
    case ChangeType::credentials_validate:
    case ChangeType::credentials_save:
      return {HttpMethod::put, "/servicePrincipals/id/synchronization/secrets"};
    case ChangeType::schema_put:
      return {HttpMethod::put, "/servicePrincipals/id/synchronization/jobs/id/schema"};
  }
  return {HttpMethod::post, kJob};
}

}  // namespace

Result<void> check_permissions(const Plan& plan, const std::optional<TokenClaims>& claims) {
  if (!claims || claims->delegated) {
    return {};
  }
  std::set<std::string> lacking;
  const auto need = [&](const Representative& request) {
    const FeaturePermission* permission = permission_for(request.method, request.path);
    if (permission != nullptr && !grants(*permission, claims->roles)) {
      lacking.insert(
          fmt::format("{} (to {})", fmt::join(permission->roles, " or "), permission->feature));
    }
  };
  for (const Change& change : plan.changes) {
    if (change.status != ChangeStatus::planned) {
      continue;
    }
    need(request_of(change.type));
    // What was applied last is recorded in a tag, whatever it was.
    need(request_of(ChangeType::application_update));
  }
  if (!lacking.empty()) {
    return fail(
        ErrorKind::forbidden, fmt::format("the token lacks {}", fmt::join(lacking, "; ")),
        "nothing was written; grant the application permission with admin consent, then get "
        "a new token; `syncwright whoami` shows what it has");
  }
  return {};
}

}  // namespace syncwright
