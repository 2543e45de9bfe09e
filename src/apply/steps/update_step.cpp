#include "apply/steps/identity.h"
#include "apply/steps/step.h"
#include "syncwright/plan/basis.h"

namespace syncwright::apply {

namespace {

/// The application object's name; empty where it is not in this tenant.
Result<std::string> read_application_name(const ApplicationRun& run) {
  if (run.reference.application_id.empty()) return std::string();
  const auto application = read_application(run);
  if (!application) return fail(application.error());
  return application->display_name;
}

/// The application object's name comes first, so that the service principal is looked at before it.
/// Where there is none to give, that is done as its own tags are written.
Result<void> rename_checked(ApplicationRun& run, const plan::Change& change,
                            const std::string& name) {
  if (name.empty() || name == run.desired.display_name) return {};
  const auto principal = read_principal(run.session(), run.reader(), run.service_principal());
  if (!principal) return fail(principal.error());
  if (auto fresh = check_identity(run, change, *principal, name); !fresh) return fresh;
  if (auto owned = refuse_foreign_owner(run, principal->tags); !owned) return owned;
  return rename_application(run, name);
}

}  // namespace

StepResult update_application(ApplicationRun& run, const plan::Change& change) {
  const auto name = read_application_name(run);
  if (!name) return fail(name.error());
  if (auto named = rename_checked(run, change, *name); !named) return fail(named.error());
  const auto tagged = write_identity(run, plan::tags_to_write(change),
                                     [&](const graph_read::GraphReader::ServicePrincipal& now) {
                                       return check_identity(run, change, now, *name);
                                     });
  if (!tagged) return fail(tagged.error());
  return std::string();
}

}  // namespace syncwright::apply
