#include <fmt/format.h>

#include "freshness.h"
#include "read_back.h"
#include "service_principal_write.h"
#include "step.h"
#include "syncwright/plan/basis.h"

namespace syncwright {

namespace {

/// The application's own display name; the service principal's follows in the PATCH of its tags.
Result<void> rename(ApplicationRun& run) {
  const std::string& wanted = run.desired.display_name;
  const auto written = run.settled_write<Written>(
      "application.rename", run.subject("the application to accept its name"),
      [&](std::stop_token stop) {
        return run.writer().rename_application(run.reference.application_id, wanted,
                                               std::move(stop));
      });
  if (!written && !run.in_doubt()) return fail(written.error());
  return settle_read_back(
      run, run.read_back("the application to show its name"), written ? nullptr : &written.error(),
      [&]() -> Result<std::optional<bool>> {
        const auto read = run.reader().application(run.reference.application_id, run.in_flight());
        if (!read) return fail(read.error());
        if (!*read || (*read)->display_name != wanted) return std::optional<bool>();
        return std::optional<bool>(true);
      });
}

/// The display names of the two halves. The planner looks at the service principal's.
struct Names {
  std::optional<std::string> application;  ///< nullopt: found by its tags alone, not ours to name
  std::string service_principal;
  std::vector<std::string> tags;
};

Result<Names> read_names(ApplicationRun& run) {
  Names names;
  const auto principal = settle<GraphReader::ServicePrincipal>(
      run.patience(), run.subject("the service principal to be readable"),
      [&] { return run.reader().service_principal(run.service_principal(), run.in_flight()); });
  if (!principal) return fail(principal.error());
  names.service_principal = principal->reference.display_name;
  names.tags = principal->tags;
  if (run.reference.application_id.empty()) return names;
  const auto application = settle<LiveReference>(
      run.patience(), run.subject("the application to be readable"),
      [&] { return run.reader().application(run.reference.application_id, run.in_flight()); });
  if (!application) return fail(application.error());
  names.application = application->display_name;
  return names;
}

}  // namespace

StepResult update_application(ApplicationRun& run, const Change& change) {
  const auto names = read_names(run);
  if (!names) return fail(names.error());
  const std::vector<FieldChange> fields =
      identity_fields(run.desired, run.context.owner, names->service_principal, names->tags);
  if (auto fresh = check_basis(change, fields); !fresh) return fail(fresh.error());
  if (auto owned = refuse_foreign_owner(run, names->tags); !owned) return fail(owned.error());
  if (names->application && *names->application != run.desired.display_name) {
    if (auto renamed = rename(run); !renamed) return fail(renamed.error());
  }
  const TagEdit edit{{run.context.owner.tag(), application_tag(run.desired.name)}, {}};
  if (auto tagged = write_service_principal(run, edit, run.desired.display_name); !tagged) {
    return fail(tagged.error());
  }
  return std::string();
}

}  // namespace syncwright
