#include <fmt/format.h>

#include <algorithm>

#include "apply/steps/step.h"
#include "syncwright/plan/app_role.h"
#include "syncwright/plan/basis.h"

namespace syncwright::apply {

namespace {

using Assignments = std::vector<model::LiveAssignment>;

/// As they are now: what this run's last write was read back by, else a fresh read.
Result<Assignments> current_assignments(ApplicationRun& run) {
  if (run.assignments.list) return *run.assignments.list;
  auto read = run.read<Assignments>("the assignments to be readable", [&] {
    return run.reader().assignments(run.service_principal(), run.in_flight());
  });
  if (read) run.assignments.list = *read;
  return read;
}

Result<std::vector<model::LiveAppRole>> current_roles(ApplicationRun& run) {
  if (run.assignments.roles) return *run.assignments.roles;
  auto read = run.read<std::vector<model::LiveAppRole>>(
      "the application's roles to be readable",
      [&] { return run.reader().app_roles(run.service_principal(), run.in_flight()); });
  if (read) run.assignments.roles = *read;
  return read;
}

const model::LiveAssignment* find(const Assignments& assignments, const std::string& principal_id,
                                  const std::string& app_role_id) {
  const auto found = std::find_if(
      assignments.begin(), assignments.end(), [&](const model::LiveAssignment& assignment) {
        return assignment.principal_id == principal_id && assignment.app_role_id == app_role_id;
      });
  return found == assignments.end() ? nullptr : &*found;
}

/// Nothing is written for a pair that the plan did not mean.
Result<void> check_assignment(const plan::Change& change, bool assigned) {
  const std::string now = plan::assignment_basis(change.assignment()->principal_id,
                                                 change.assignment()->app_role_id, assigned);
  if (!change.basis || *change.basis == now) return {};
  return fail(ErrorKind::stale, "the assignment changed since the plan was made", "Plan again.");
}

/// The role of a provisional assignment: the application has its roles by now.
Result<std::string> role_of(ApplicationRun& run, const plan::Change& change) {
  if (!change.provisional) return change.assignment()->app_role_id;
  const auto roles = current_roles(run);
  if (!roles) return fail(roles.error());
  const auto type = change.assignment()->principal_type == "servicePrincipal"
                        ? model::DesiredMember::Type::service_principal
                        : model::DesiredMember::Type::user;
  const std::optional<std::string> wanted = plan::requested_role(change);
  const plan::RoleChoice choice = plan::choose_role(wanted, type, *roles);
  if (choice.problem == plan::RoleChoice::Problem::none) return choice.id;
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

/// Waits until the list has (or lacks) the pair.
Evidence look_at_list(ApplicationRun& run, const std::string& principal_id,
                      const std::string& role_id, bool assigned) {
  const char* what = assigned ? "the assignment to be listed" : "the assignment to be gone";
  return look_for(run.session(), run.session().read_back(what),
                  [&] { return shows(run, principal_id, role_id, assigned); });
}

/// A refused request may be the 400 of a duplicate. [G] By which code that is told differs by
/// client (docs/graph.md#5.3, #13.43): for the usual one (ErrorKind::conflict) the list is waited
/// for, after any other refusal one look at it decides.
RefusalVerdict judge_duplicate(ApplicationRun& run, const std::string& principal_id,
                               const std::string& role_id, const Error& refusal) {
  bool there = false;
  if (refusal.kind == ErrorKind::conflict) {
    const Evidence evidence = look_at_list(run, principal_id, role_id, true);
    there = evidence.kind == Evidence::Kind::shown;
  } else {
    const auto shown = shows(run, principal_id, role_id, true);
    there = shown && *shown;
  }
  return there ? RefusalVerdict::there_already : RefusalVerdict::stands;
}

Result<Confirmed> assign(ApplicationRun& run, const std::string& principal_id,
                         const std::string& role_id) {
  TenantWrite write{
      "assignment.add",
      run.session().target("the service principal to take assignments", Transient::reference),
      Resend::when_service_failed, "the service principal to take the assignment again"};
  write.followed_by =
      proof_and_next(run, graph_read::GraphReader::assignments_path(run.service_principal()));
  write.send = [&](std::stop_token stop) {
    return run.writer().add_assignment(run.service_principal(), principal_id, role_id,
                                       std::move(stop));
  };
  write.judge = [&](const Error& refusal) {
    return judge_duplicate(run, principal_id, role_id, refusal);
  };
  write.proof = [&] { return look_at_list(run, principal_id, role_id, true); };
  return run.write(write);
}

Result<Confirmed> unassign(ApplicationRun& run, const plan::Change& change, const std::string& id) {
  TenantWrite write{"assignment.remove", run.session().target("the assignment to be removable")};
  write.send = [&](std::stop_token stop) {
    return run.writer().remove_assignment(run.service_principal(), id, std::move(stop));
  };
  write.judge = gone_is_done;
  write.proof = [&] {
    return look_at_list(run, change.assignment()->principal_id, change.assignment()->app_role_id,
                        false);
  };
  return run.write(write);
}

}  // namespace

StepResult add_assignment(ApplicationRun& run, const plan::Change& change) {
  const auto role = role_of(run, change);
  if (!role) return fail(role.error());
  const auto live = current_assignments(run);
  if (!live) return fail(live.error());
  if (find(*live, change.assignment()->principal_id, *role) != nullptr) {
    return std::string("it was there already");
  }
  if (auto fresh = check_assignment(change, false); !fresh) return fail(fresh.error());
  const auto assigned = assign(run, change.assignment()->principal_id, *role);
  if (!assigned) return fail(assigned.error());
  return std::string(*assigned == Confirmed::there_already ? "it was there already" : "");
}

StepResult remove_assignment(ApplicationRun& run, const plan::Change& change) {
  const auto live = current_assignments(run);
  if (!live) return fail(live.error());
  const model::LiveAssignment* assignment =
      find(*live, change.assignment()->principal_id, change.assignment()->app_role_id);
  if (assignment == nullptr) return std::string("it was gone already");
  if (auto fresh = check_assignment(change, true); !fresh) return fail(fresh.error());
  if (auto kept = run.apply.backup.assignments(run.desired.name, *live); !kept) {
    return fail(kept.error());
  }
  const auto removed = unassign(run, change, assignment->id);
  if (!removed) return fail(removed.error());
  return std::string();
}

}  // namespace syncwright::apply
