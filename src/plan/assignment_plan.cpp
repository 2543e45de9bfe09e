#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "plan/draft.h"
#include "plan/planner.h"
#include "plan/refusals.h"
#include "syncwright/plan/app_role.h"
#include "syncwright/plan/basis.h"
#include "syncwright/plan/risk.h"

namespace syncwright::plan {

namespace {

/// Principal and role: the key of the difference (docs/graph.md#5.3).
using Pair = std::pair<std::string, std::string>;

/// Graph's spelling of a live principal's type in the manifest's words.
std::string type_of(const model::LiveAssignment& assignment) {
  if (assignment.principal_type == "Group") return "group";
  return assignment.principal_type == "ServicePrincipal" ? "servicePrincipal" : "user";
}

std::string name_of(const model::LivePrincipal& principal) {
  return principal.user_principal_name.empty() ? principal.display_name
                                               : principal.user_principal_name;
}

/// A role in a field: its name, or that it is the default one.
Json role_words(const std::optional<std::string>& role) {
  return role ? Json(*role) : Json{{"default", true}};
}

/// "group `Sales` as User", for a sentence.
std::string assigned_words(const model::LiveAssignment& assignment,
                           const std::vector<model::LiveAppRole>& roles) {
  const std::string type = type_of(assignment);
  return fmt::format("{} `{}` as {}", type == "servicePrincipal" ? "service principal" : type,
                     assignment.principal_name,
                     role_name(assignment.app_role_id, roles).value_or("default access"));
}

/// One member of the manifest, as far as it can be told.
struct Member {
  const model::DesiredMember* desired;
  std::vector<model::LivePrincipal> found;
  bool looked_up = false;
  RoleChoice role;

  [[nodiscard]] const model::LivePrincipal* principal() const {
    return found.size() == 1 ? &found.front() : nullptr;
  }
};

class AssignmentPlan {
 public:
  AssignmentPlan(const model::DesiredApplication& desired, const model::LiveApplication* live,
                 const model::Findings& findings, ApplicationPlan& plan)
      : desired_(desired), live_(live), plan_(plan) {
    const auto& wanted = desired.assignments->members;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      Member member{&wanted[i], {}, i < findings.principals.size(), {}};
      if (member.looked_up) member.found = findings.principals[i];
      if (live != nullptr) {
        member.role = choose_role(wanted[i].role, wanted[i].type, live->app_roles);
      }
      members_.push_back(std::move(member));
    }
  }

  void run() {
    for (const Member& member : members_) {
      if (!member.desired->absent) plan_present(member);
    }
    if (live_ == nullptr) return;
    for (const Member& member : members_) {
      if (member.desired->absent) question_absent(member);
    }
    plan_removals();
    tell_of_staying();
  }

 private:
  [[nodiscard]] Change draft_of(ChangeType type, const Member& member, const char* reason) const {
    Change change = draft(type, desired_, nullptr, reason, member.desired->where);
    const model::LivePrincipal* principal = member.principal();
    change.payload = AssignmentPayload{to_string(member.desired->type),
                                       principal == nullptr ? "" : principal->id, ""};
    const bool named = live_ != nullptr && !member.role.id.empty();
    change.fields = {
        {"principal", nullptr,
         principal == nullptr ? member.desired->principal : name_of(*principal)},
        {"role", nullptr,
         role_words(named ? role_name(member.role.id, live_->app_roles) : member.desired->role)}};
    if (type == ChangeType::assignment_remove) {
      for (schema::FieldChange& field : change.fields) std::swap(field.before, field.after);
    }
    return change;
  }

  void plan_present(const Member& member) {
    Change change =
        draft_of(ChangeType::assignment_add, member, "the manifest names it, and it is not there");
    if (member.principal() == nullptr) {
      unresolved_ = true;
      add(refuse(std::move(change), member.looked_up
                                        ? refusals::unknown_member(*member.desired, member.found)
                                        : refusals::unread_member(*member.desired)));
      return;
    }
    if (live_ == nullptr) {
      change.provisional = true;
      change.reason = "a new application has no assignments";
      add(std::move(change));
      return;
    }
    plan_resolved(member, std::move(change));
  }

  void plan_resolved(const Member& member, Change change) {
    const std::string& principal = member.principal()->id;
    if (member.role.id.empty()) {
      unresolved_ = true;
      add(refuse(std::move(change), refusals::unusable_role(*member.desired, member.role)));
      return;
    }
    const Pair pair{principal, held_role(member)};
    const bool counts = wanted_.insert(pair).second;
    if (is_absent_too(pair)) {
      add(refuse(std::move(change), refusals::contradicting_members(*member.desired)));
    } else if (counts && !is_assigned(pair)) {
      change.assignment()->app_role_id = member.role.id;
      change.basis = assignment_basis(principal, member.role.id, false);
      if (member.role.problem != RoleChoice::Problem::none) {
        change = refuse(std::move(change), refusals::unusable_role(*member.desired, member.role));
      }
      add(std::move(change));
    }
  }

  /// A member without `role` that has default access keeps it, also where the application has got
  /// roles since (older service principals accept both, docs/graph.md#5.3).
  [[nodiscard]] std::string held_role(const Member& member) const {
    const std::string& principal = member.principal()->id;
    const Pair by_default{principal, std::string(kDefaultAccess)};
    const bool satisfied = !member.desired->role && !is_assigned({principal, member.role.id}) &&
                           is_assigned(by_default);
    return satisfied ? by_default.second : member.role.id;
  }

  [[nodiscard]] bool is_assigned(const Pair& pair) const {
    return std::any_of(live_->assignments.begin(), live_->assignments.end(),
                       [&pair](const model::LiveAssignment& assignment) {
                         return assignment.principal_id == pair.first &&
                                assignment.app_role_id == pair.second;
                       });
  }

  /// Whether another entry forbids the same principal and role.
  [[nodiscard]] bool is_absent_too(const Pair& pair) const {
    return std::any_of(members_.begin(), members_.end(), [&pair](const Member& member) {
      return member.desired->absent && member.desired->role && member.principal() != nullptr &&
             member.principal()->id == pair.first && member.role.id == pair.second;
    });
  }

  /// An absent member that cannot be identified, or whose role cannot, is refused, since with a
  /// typing mistake the access would stay. One that matches nobody may have left the directory:
  /// that is a warning only.
  void question_absent(const Member& member) {
    const auto problem = member.role.problem;
    const bool untold_role = member.desired->role && (problem == RoleChoice::Problem::unknown ||
                                                      problem == RoleChoice::Problem::ambiguous);
    if (member.looked_up && member.found.size() < 2 && !untold_role) {
      if (member.found.empty()) warn_of_nobody(*member.desired);
      return;
    }
    Change change = draft_of(ChangeType::assignment_remove, member, "the manifest says absent");
    if (!member.looked_up) {
      add(refuse(std::move(change), refusals::unread_member(*member.desired)));
    } else if (member.found.size() > 1) {
      add(refuse(std::move(change), refusals::unknown_member(*member.desired, member.found)));
    } else {
      add(refuse(std::move(change), refusals::unusable_role(*member.desired, member.role)));
    }
  }

  void warn_of_nobody(const model::DesiredMember& member) {
    plan_.diagnostics.push_back(
        {Code::SW5029, Severity::warning,
         fmt::format("{}: the tenant has no {} `{}`, so that nothing is taken away", desired_.name,
                     to_string(member.type), member.principal),
         "look the name up; take the entry out once the assignment is gone",
         place(member.where, desired_.where)});
  }

  void plan_removals() {
    for (const model::LiveAssignment& assignment : live_->assignments) {
      if (wanted_.contains({assignment.principal_id, assignment.app_role_id})) continue;
      if (const Member* member = absent_member_of(assignment)) {
        add_removal(assignment, "the manifest says absent", member->desired->where);
      } else if (desired_.assignments->mode == model::DesiredAssignments::Mode::exact &&
                 !unresolved_) {
        // A member that could not be identified may be this principal: nobody is removed then.
        add_removal(assignment, "the manifest does not name it, and its mode is exact",
                    desired_.assignments->where);
      }
    }
  }

  /// Mode `additive` removes nobody, so that whoever a new member was meant to replace stays
  /// assigned: a note lists them where something is added. Where nothing is added, assignments
  /// beside the list are not mentioned.
  void tell_of_staying() {
    const auto& assignments = *desired_.assignments;
    if (!adds_ || unresolved_ || assignments.mode != model::DesiredAssignments::Mode::additive)
      return;
    std::vector<const model::LiveAssignment*> staying;
    for (const model::LiveAssignment& assignment : live_->assignments) {
      const bool is_wanted = wanted_.contains({assignment.principal_id, assignment.app_role_id});
      if (!is_wanted && absent_member_of(assignment) == nullptr) staying.push_back(&assignment);
    }
    if (staying.empty()) return;
    std::vector<std::string> words;
    constexpr std::size_t most = 5;
    for (std::size_t i = 0; i < std::min(most, staying.size()); ++i) {
      words.push_back(assigned_words(*staying[i], live_->app_roles));
    }
    if (staying.size() > most) words.push_back(fmt::format("{} more", staying.size() - most));
    const model::LiveAssignment& first = *staying.front();
    const bool is_one = staying.size() == 1;
    plan_.diagnostics.push_back(
        {Code::SW5041, Severity::note,
         fmt::format("{}: {} {} assigned: no member names {}, and mode `additive` takes nobody out",
                     desired_.name, enumerate(words), is_one ? "stays" : "stay",
                     is_one ? "it" : "them"),
         fmt::format("the member `{{{}: {}, absent: true}}` takes {} out, `mode: exact` {}",
                     type_of(first), first.principal_id, is_one ? "it" : "the first",
                     is_one ? "as well" : "all of them"),
         place(assignments.where, desired_.where)});
  }

  /// An absent member without `role` means every role that no other entry gives.
  [[nodiscard]] const Member* absent_member_of(const model::LiveAssignment& assignment) const {
    const auto found = std::find_if(members_.begin(), members_.end(), [&](const Member& member) {
      return member.desired->absent && member.principal() != nullptr &&
             member.principal()->id == assignment.principal_id &&
             (!member.desired->role || member.role.id == assignment.app_role_id);
    });
    return found == members_.end() ? nullptr : &*found;
  }

  void add_removal(const model::LiveAssignment& assignment, const char* reason,
                   const SourceRange& where) {
    Change change = draft(ChangeType::assignment_remove, desired_, nullptr, reason, where);
    change.payload =
        AssignmentPayload{type_of(assignment), assignment.principal_id, assignment.app_role_id};
    change.fields = {
        {"principal", assignment.principal_name, nullptr},
        {"role", role_words(role_name(assignment.app_role_id, live_->app_roles)), nullptr}};
    change.basis = assignment_basis(assignment.principal_id, assignment.app_role_id, true);
    change.risks = risks_of(change);
    add(std::move(change));
  }

  /// Two entries that come to the same are one change.
  void add(Change change) {
    adds_ |= change.type == ChangeType::assignment_add;
    if (ids_.insert(change.id()).second) plan_.changes.push_back(std::move(change));
  }

  const model::DesiredApplication& desired_;
  const model::LiveApplication* live_;
  ApplicationPlan& plan_;
  std::vector<Member> members_;
  std::set<Pair> wanted_;
  std::set<std::string> ids_;
  bool unresolved_ = false;
  bool adds_ = false;
};

}  // namespace

void plan_assignments(const model::DesiredApplication& desired, const model::LiveApplication* live,
                      const model::Findings& findings, ApplicationPlan& plan) {
  if (!desired.assignments) return;
  if (live != nullptr) plan.live_assignments = live->assignments.size();
  AssignmentPlan(desired, live, findings, plan).run();
}

}  // namespace syncwright::plan
