#include <fmt/format.h>

#include "apply/steps/identity.h"
#include "apply/steps/location.h"
#include "apply/steps/step.h"
#include "apply/steps/unique_name.h"

namespace syncwright::apply {

namespace {

Result<graph_read::GraphReader::ServicePrincipal> read_adopted(ApplicationRun& run,
                                                               const plan::Change& change) {
  auto found = run.reader().service_principal(change.target()->id, run.in_flight());
  if (!found) return fail(found.error());
  if (*found) return std::move(**found);
  return fail(ErrorKind::stale,
              fmt::format("service principal {} is not there any more", change.target()->id),
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
  auto name = follow_free_name(run);
  if (!name) return fail(name.error());
  const std::string own = run.reference.application_id;
  if (name->holder && name->holder->application_id != own) {
    return fail(name_taken(name->name, name->holder->application_id));
  }
  if (auto unchanged = needs_name(run, run.reference.application_display_name); !unchanged) {
    return fail(unchanged.error());
  }
  const std::string wanted = name->name;
  if (auto claimed = claim(run, std::move(*name)); !claimed) return claimed;
  if (run.reference.application_id == own) return {};
  return fail(name_taken(wanted, run.reference.application_id));
}

/// A unique name, once set, stays (docs/graph.md#5.2): a renamed application keeps its old key and
/// is found by its tags; one that never had a key gets this name's, together with its display name.
Result<void> name_application(ApplicationRun& run) {
  const bool has_none = !run.reference.application_id.empty() && run.reference.unique_name.empty();
  return has_none ? claim_name(run)
                  : rename_application(run, run.reference.application_display_name);
}

}  // namespace

StepResult adopt_application(ApplicationRun& run, const plan::Change& change) {
  const auto principal = read_adopted(run, change);
  if (!principal) return fail(principal.error());
  if (auto learnt = take_planned(run) ? Result<void>() : learn(run, principal->reference);
      !learnt) {
    return fail(learnt.error());
  }
  const bool in_tenant = !run.reference.application_id.empty();
  const std::string name = in_tenant ? run.reference.application_display_name : std::string();
  if (auto fresh = check_identity(run, change, *principal, name); !fresh) {
    return fail(fresh.error());
  }
  if (auto owned = refuse_foreign_owner(run, principal->tags); !owned) return fail(owned.error());
  run.new_to_us = !run.apply.owner.owns(principal->tags);
  if (auto named = name_application(run); !named) return fail(named.error());
  const auto tagged =
      write_identity(run, {}, [&](const graph_read::GraphReader::ServicePrincipal& now) {
        return check_identity(run, change, now, name);
      });
  if (!tagged) return fail(tagged.error());
  return fmt::format("service principal {}", run.service_principal());
}

}  // namespace syncwright::apply
