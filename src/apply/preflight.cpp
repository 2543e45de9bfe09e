#include "syncwright/apply/preflight.h"

#include <fmt/format.h>

#include <set>

#include "syncwright/graph_read/permissions.h"

namespace syncwright {
Result<void> check_permissions(const Plan& plan, const std::optional<TokenClaims>& claims) {
  if (!claims || claims->delegated) {
    return {};
  }
  std::set<std::string> lacking;
  const auto need = [&](ChangeType type) {
    const FeaturePermission* permission = permission_for(HttpMethod::post, traits_of(type).request);
    if (permission != nullptr && !grants(*permission, claims->roles)) {
      lacking.insert(
          fmt::format("{} (to {})", fmt::join(permission->roles, " or "), permission->feature));
    }
  };
  for (const Change& change : plan.changes) {
    if (change.status != ChangeStatus::planned) {
      continue;
    }
    need(change.type);
    // What was applied last is recorded in a tag, whatever it was.
    need(ChangeType::application_update);
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
