#include "apply/steps/identity_check.h"

#include "apply/freshness.h"
#include "syncwright/plan/basis.h"

namespace syncwright {

namespace {

/// What the basis is of: names and tags (adoption_fields).
Change identity_of(Change change) {
  std::erase_if(change.fields, [](const FieldChange& field) { return field.path == "uniqueName"; });
  return change;
}

}  // namespace

Result<void> check_identity(const ApplicationRun& run, const Change& change,
                            const GraphReader::ServicePrincipal& principal,
                            const std::string& application_name) {
  LiveReference live = principal.reference;
  live.application_display_name = application_name;
  return check_basis(identity_of(change),
                     identity_fields(run.desired, run.context.owner, live, principal.tags));
}

}  // namespace syncwright
