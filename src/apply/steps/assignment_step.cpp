#include <fmt/format.h>

#include <algorithm>

#include "apply/freshness.h"
#include "apply/read_back.h"
#include "apply/repetition.h"
#include "apply/steps/step.h"
#include "syncwright/plan/app_role.h"
#include "syncwright/plan/basis.h"

namespace syncwright {

namespace {

using Assignments = std::vector<LiveAssignment>;

constexpr int kMostPosts = 3;

/// As they are now: what this run's last write was read back by, else a fresh read.
Result<Assignments> current_assignments(ApplicationRun& run) {
  if (run.assignments.list) return *run.assignments.list;
  auto read = run.settled_read<Assignments>(run.subject("the assignments to be readable"), [&] {
    return run.reader().assignments(run.service_principal(), run.in_flight());
  });
  if (read) run.assignments.list = *read;
  return read;
}

Result<std::vector<LiveAppRole>> current_roles(ApplicationRun& run) {
  if (run.assignments.roles) return *run.assignments.roles;
  auto read = run.settled_read<std::vector<LiveAppRole>>(
      run.subject("the application's roles to be readable"),
      [&] { return run.reader().app_roles(run.service_principal(), run.in_flight()); });
  if (read) run.assignments.roles = *read;
  return read;
}

const LiveAssignment* find(const Assignments& assignments, const std::string& principal_id,
                           const std::string& app_role_id) {
  const auto found =
      std::find_if(assignments.begin(), assignments.end(), [&](const LiveAssignment& assignment) {
        return assignment.principal_id == principal_id && assignment.app_role_id == app_role_id;
      });
  return found == assignments.end() ? nullptr : &*found;
}

/// Nothing is written for a pair that the plan did not mean.
Result<void> check_assignment(const Change& change, bool assigned) {
  const std::string now = assignment_basis(change.assignment()->principal_id,
                                           change.assignment()->app_role_id, assigned);
  if (!change.basis || *change.basis == now) return {};
  return fail(ErrorKind::stale, "the assignment changed since the plan was made", "Plan again.");
}

/// The role of a provisional assignment: the application has its roles by now.
Result<std::string> role_of(ApplicationRun& run, const Change& change) {
  if (!change.provisional) return change.assignment()->app_role_id;
  const auto roles = current_roles(run);
  if (!roles) return fail(roles.error());
  const auto type = change.assignment()->principal_type == "servicePrincipal"
                        ? DesiredMember::Type::service_principal
                        : DesiredMember::Type::user;
  const std::optional<std::string> wanted = requested_role(change);
  const RoleChoice choice = choose_role(wanted, type, *roles);
  if (choice.problem == RoleChoice::Problem::none) return choice.id;
  return fail(ErrorKind::rejected,
              fmt::format("the application has no usable role `{}`", wanted.value_or("User")),
              choice.candidates.empty()
                  ? "Enable a role for such members on the application registration."
                  : fmt::format("It has: {}.", fmt::join(choice.candidates, ", ")));
}

/// Whether the list shows the pair as it is to be.
Result<bool> shows(ApplicationRun& run, const std::string& principal_id, const std::string& role_id,
                   bool assigned) {
  auto now = run.reader().assignments(run.service_principal(), run.in_flight());
  if (!now) return fail(now.error());
  const bool found = find(*now, principal_id, role_id) != nullptr;
  run.assignments.list = std::move(*now);
  return found == assigned;
}

/// Waits until the list has (or lacks) the pair. What a lost answer means, the list tells as well:
/// false where it does not show that the write took effect.
Result<bool> look_at_list(ApplicationRun& run, const std::string& principal_id,
                          const std::string& role_id, bool assigned, const Error* lost) {
  return settle_or_repeat(
      run, run.read_back(assigned ? "the assignment to be listed" : "the assignment to be gone"),
      lost, [&]() -> Result<std::optional<bool>> {
        const auto shown = shows(run, principal_id, role_id, assigned);
        if (!shown) return fail(shown.error());
        return *shown ? std::optional(true) : std::nullopt;
      });
}

Result<void> confirm(ApplicationRun& run, const std::string& principal_id,
                     const std::string& role_id, bool assigned, const Error* lost) {
  const auto shown = look_at_list(run, principal_id, role_id, assigned, lost);
  if (!shown) return fail(shown.error());
  return *shown ? Result<void>() : fail(*lost);
}

/// A refused request, which may be the 400 of a duplicate. [G] By which code that is told differs
/// by client (docs/graph.md#5.3, #13.43): for the usual one (ErrorKind::conflict) the list is
/// waited for, after any other refusal one look at it decides.
Result<void> confirm_duplicate(ApplicationRun& run, const std::string& principal_id,
                               const std::string& role_id, const Error& refusal) {
  if (refusal.kind == ErrorKind::conflict) {
    return confirm(run, principal_id, role_id, true, &refusal);
  }
  const auto shown = shows(run, principal_id, role_id, true);
  return shown && *shown ? Result<void>() : fail(refusal);
}

Result<Written> post_assignment(ApplicationRun& run, const std::string& principal_id,
                                const std::string& role_id) {
  return run.settled_write<Written>(
      "assignment.add",
      run.subject("the service principal to take assignments", Tolerance::reference),
      [&](std::stop_token stop) {
        return run.writer().add_assignment(run.service_principal(), principal_id, role_id,
                                           std::move(stop));
      });
}

/// Assigns and sees it listed; whether it was there already. After an answer that was no success
/// and no refusal the list is looked at, and only where it does not show the pair, and the service
/// itself said that it did nothing, it is asked again.
Result<bool> assign(ApplicationRun& run, const std::string& principal_id,
                    const std::string& role_id) {
  Repetition repetition(run, "the service principal to take the assignment again", kMostPosts);
  while (true) {
    const auto written = post_assignment(run, principal_id, role_id);
    const Error* error = written ? nullptr : &written.error();
    if (error != nullptr && !run.in_doubt()) {
      const auto duplicate = confirm_duplicate(run, principal_id, role_id, *error);
      return duplicate ? Result<bool>(true) : fail(duplicate.error());
    }
    const auto shown = look_at_list(run, principal_id, role_id, true, error);
    if (!shown) return fail(shown.error());
    if (*shown) return false;
    if (!is_answered(*error) || !repetition.again_after(*error)) return fail(*error);
  }
}

}  // namespace

StepResult add_assignment(ApplicationRun& run, const Change& change) {
  const auto role = role_of(run, change);
  if (!role) return fail(role.error());
  const auto live = current_assignments(run);
  if (!live) return fail(live.error());
  if (find(*live, change.assignment()->principal_id, *role) != nullptr) {
    return std::string("it was there already");
  }
  if (auto fresh = check_assignment(change, false); !fresh) return fail(fresh.error());
  const auto there_already = assign(run, change.assignment()->principal_id, *role);
  if (!there_already) return fail(there_already.error());
  return std::string(*there_already ? "it was there already" : "");
}

StepResult remove_assignment(ApplicationRun& run, const Change& change) {
  const auto live = current_assignments(run);
  if (!live) return fail(live.error());
  const LiveAssignment* assignment =
      find(*live, change.assignment()->principal_id, change.assignment()->app_role_id);
  if (assignment == nullptr) return std::string("it was gone already");
  if (auto fresh = check_assignment(change, true); !fresh) return fail(fresh.error());
  if (auto kept = run.context.backup.assignments(run.desired.name, *live); !kept) {
    return fail(kept.error());
  }
  const auto written =
      run.settled_write<Written>("assignment.remove", run.subject("the assignment to be removable"),
                                 [&](std::stop_token stop) {
                                   return run.writer().remove_assignment(
                                       run.service_principal(), assignment->id, std::move(stop));
                                 });
  const bool gone = !written && written.error().kind == ErrorKind::not_found;
  if (!written && !gone && !run.in_doubt()) return fail(written.error());
  auto confirmed = confirm(run, change.assignment()->principal_id, change.assignment()->app_role_id,
                           false, written || gone ? nullptr : &written.error());
  if (!confirmed) return fail(confirmed.error());
  return std::string();
}

}  // namespace syncwright
