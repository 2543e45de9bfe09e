#include "apply/steps/location.h"

#include <utility>

namespace syncwright {

namespace {

using Principal = std::optional<GraphReader::ServicePrincipal>;

/// A read that finds nothing may be early; that the service principal is deleted is certain. Who
/// may not list what is deleted waits.
Result<std::optional<Principal>> look_for_principal(ApplicationRun& run,
                                                    const std::string& app_id) {
  auto found = run.reader().service_principal_by_app_id(app_id, run.in_flight());
  if (!found) return fail(found.error());
  if (*found) return std::optional<Principal>(std::move(*found));
  const auto deleted = run.reader().is_service_principal_deleted(app_id, run.in_flight());
  if (deleted && *deleted) return std::optional<Principal>(Principal());
  return std::optional<Principal>();
}

}  // namespace

Result<Principal> await_principal(ApplicationRun& run, const std::string& app_id,
                                  std::optional<Instant> born) {
  const Subject subject{"the service principal to be readable", born, Tolerance::object,
                        Milliseconds{0}};
  auto found =
      settle<Principal>(run.patience(), subject, [&] { return look_for_principal(run, app_id); });
  const bool young = born && run.now() - *born < run.context.options.settle_window;
  const bool never_there = !found && found.error().kind == ErrorKind::not_found && !young;
  return never_there ? Result<Principal>(Principal()) : found;
}

}  // namespace syncwright
