#include <fmt/format.h>

#include <algorithm>

#include "claim.h"
#include "display_name.h"
#include "freshness.h"
#include "service_principal_write.h"
#include "step.h"
#include "syncwright/plan/basis.h"

namespace syncwright {

namespace {

Result<GraphReader::ServicePrincipal> read_adopted(ApplicationRun& run, const Change& change) {
  auto found = run.reader().service_principal(change.target_id, run.in_flight());
  if (!found) return fail(found.error());
  if (*found) return std::move(**found);
  return fail(ErrorKind::stale,
              fmt::format("service principal {} is not there any more", change.target_id),
              "Plan again.");
}

Error name_taken(const std::string& name, const std::string& holder) {
  Error error;
  error.kind = ErrorKind::stale;
  error.message = fmt::format("application {} has the name {} by now", holder, name);
  error.advice = "Plan again.";
  return error;
}

/// Claims the key for what is taken over. Who loses the race for it does not go on with the winner,
/// as a creation would: the winner is another application than the one that was planned.
Result<void> claim_name(ApplicationRun& run) {
  auto name = follow_unique_name(run);
  if (!name) return fail(name.error());
  const std::string own = run.reference.application_id;
  if (name->holder && name->holder->application_id != own) {
    return fail(name_taken(name->name, name->holder->application_id));
  }
  const std::string wanted = name->name;
  if (auto claimed = claim(run, std::move(*name)); !claimed) return claimed;
  if (run.reference.application_id == own) return {};
  return fail(name_taken(wanted, run.reference.application_id));
}

/// A unique name, once set, stays (API.md 5.2): a renamed application keeps its old key and is
/// found by its tags; one that never had a key gets this name's, together with its display name.
Result<void> name_application(ApplicationRun& run) {
  const bool has_none = !run.reference.application_id.empty() && run.reference.unique_name.empty();
  return has_none ? claim_name(run) : follow_display_name(run);
}

/// What the basis is of: the service principal's own (adoption_fields).
Change identity_of(Change change) {
  std::erase_if(change.fields, [](const FieldChange& field) { return field.path == "uniqueName"; });
  return change;
}

}  // namespace

StepResult adopt_application(ApplicationRun& run, const Change& change) {
  const auto principal = read_adopted(run, change);
  if (!principal) return fail(principal.error());
  if (auto learnt = learn(run, principal->reference); !learnt) return fail(learnt.error());
  LiveReference live = principal->reference;
  if (!run.reference.application_id.empty()) {
    live.application_display_name = run.reference.display_name;
  }
  const std::vector<FieldChange> fields =
      identity_fields(run.desired, run.context.owner, live, principal->tags);
  if (auto fresh = check_basis(identity_of(change), fields); !fresh) return fail(fresh.error());
  if (auto owned = refuse_foreign_owner(run, principal->tags); !owned) return fail(owned.error());
  const auto& tags = principal->tags;
  run.taken_over_here = std::find(tags.begin(), tags.end(), run.context.owner.tag()) == tags.end();
  if (auto named = name_application(run); !named) return fail(named.error());
  if (auto tagged = write_identity(run); !tagged) return fail(tagged.error());
  return fmt::format("service principal {}", run.service_principal());
}

}  // namespace syncwright
