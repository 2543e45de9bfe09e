#include "display_name.h"
#include "freshness.h"
#include "service_principal_write.h"
#include "step.h"
#include "syncwright/plan/basis.h"

namespace syncwright {

namespace {

/// The application object's name; empty where it is not in this tenant.
Result<std::string> read_application_name(ApplicationRun& run) {
  if (run.reference.application_id.empty()) return std::string();
  const auto application = settle<LiveReference>(
      run.patience(), run.subject("the application to be readable"),
      [&] { return run.reader().application(run.reference.application_id, run.in_flight()); });
  if (!application) return fail(application.error());
  return application->display_name;
}

}  // namespace

StepResult update_application(ApplicationRun& run, const Change& change) {
  const auto name = read_application_name(run);
  if (!name) return fail(name.error());
  const auto principal = settle<GraphReader::ServicePrincipal>(
      run.patience(), run.subject("the service principal to be readable"),
      [&] { return run.reader().service_principal(run.service_principal(), run.in_flight()); });
  if (!principal) return fail(principal.error());
  LiveReference live = principal->reference;
  live.application_display_name = *name;
  const std::vector<FieldChange> fields =
      identity_fields(run.desired, run.context.owner, live, principal->tags);
  if (auto fresh = check_basis(change, fields); !fresh) return fail(fresh.error());
  if (auto owned = refuse_foreign_owner(run, principal->tags); !owned) return fail(owned.error());
  if (auto named = follow_display_name(run); !named) return fail(named.error());
  if (auto tagged = write_identity(run, tags_to_write(change)); !tagged)
    return fail(tagged.error());
  return std::string();
}

}  // namespace syncwright
