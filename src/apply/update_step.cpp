#include "display_name.h"
#include "freshness.h"
#include "service_principal_write.h"
#include "step.h"
#include "syncwright/plan/basis.h"

namespace syncwright {

StepResult update_application(ApplicationRun& run, const Change& change) {
  const auto principal = settle<GraphReader::ServicePrincipal>(
      run.patience(), run.subject("the service principal to be readable"),
      [&] { return run.reader().service_principal(run.service_principal(), run.in_flight()); });
  if (!principal) return fail(principal.error());
  const std::vector<FieldChange> fields = identity_fields(
      run.desired, run.context.owner, principal->reference.display_name, principal->tags);
  if (auto fresh = check_basis(change, fields); !fresh) return fail(fresh.error());
  if (auto owned = refuse_foreign_owner(run, principal->tags); !owned) return fail(owned.error());
  if (auto named = follow_display_name(run); !named) return fail(named.error());
  if (auto tagged = write_identity(run, tags_to_write(change)); !tagged)
    return fail(tagged.error());
  return std::string();
}

}  // namespace syncwright
