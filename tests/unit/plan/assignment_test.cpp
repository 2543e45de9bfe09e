#include <doctest/doctest.h>

#include "syncwright/plan/app_role.h"
#include "syncwright/plan/basis.h"
#include "world.h"

using namespace syncwright;
using namespace syncwright::plan;
using namespace syncwright::plan::test;

namespace {

const model::LivePrincipal ada{"u-ada", "Ada", "ada@contoso.com"};
const model::LivePrincipal sales{"g-sales", "Sales", ""};

model::LiveAssignment assigned(const std::string& principal, const std::string& type,
                               const std::string& role) {
  return {"a-" + principal + role, principal, type, "Name of " + principal, role};
}

model::Findings found_with(const model::DesiredApplication& desired,
                           std::vector<model::LiveAssignment> assignments,
                           std::vector<std::vector<model::LivePrincipal>> principals) {
  model::LiveApplication live = settled(desired);
  live.app_roles = app_roles();
  live.assignments = std::move(assignments);
  model::Findings findings = found(std::move(live));
  findings.principals = std::move(principals);
  return findings;
}

model::DesiredMember absent(model::DesiredMember member) {
  member.absent = true;
  return member;
}

}  // namespace

TEST_CASE("a role is chosen by id, value or display name; the default is User, or default access") {
  using Problem = RoleChoice::Problem;
  const auto choose = [](std::optional<std::string> role, model::DesiredMember::Type type) {
    return choose_role(role, type, app_roles());
  };
  constexpr auto user_type = model::DesiredMember::Type::user;
  CHECK(choose(std::nullopt, user_type).id == "r-user");
  CHECK(choose("admin", model::DesiredMember::Type::group).id == "r-admin");
  CHECK(choose("Administrator", user_type).id == "r-admin");
  CHECK(choose("r-twin-2", user_type).id == "r-twin-2");
  CHECK(choose("Twin", user_type).problem == Problem::ambiguous);
  CHECK(choose("Twin", user_type).id.empty());
  CHECK(choose("ADMIN", user_type).problem == Problem::unknown);
  CHECK(choose("Old", user_type).problem == Problem::disabled);
  CHECK(choose("Daemon", user_type).problem == Problem::ineligible);
  CHECK(choose("Daemon", model::DesiredMember::Type::service_principal).problem == Problem::none);
  CHECK(choose(std::nullopt, model::DesiredMember::Type::service_principal).problem ==
        Problem::ineligible);
  CHECK(choose(std::string(kDefaultAccess), user_type).problem == Problem::ineligible);
  CHECK(choose("Twin", user_type).candidates ==
        std::vector<std::string>{"admin", "r-twin-1", "r-twin-2", "user"});
  const RoleChoice none = choose_role(std::nullopt, user_type, {});
  CHECK(none.id == kDefaultAccess);
  CHECK(none.problem == Problem::none);
}

TEST_CASE("who is not assigned is added, who is stays, others are left alone") {
  const model::DesiredApplication desired =
      assigning({group("Sales", "User"), group("Sales", "admin"), user("ada@contoso.com")});
  const Plan plan = planned(desired, found_with(desired,
                                                {assigned("g-sales", "Group", "r-user"),
                                                 assigned("u-eve", "User", "r-admin")},
                                                {{sales}, {sales}, {ada}}));
  CHECK(outline(plan) ==
        "planned assignment.add sf/assignments/group:g-sales/admin\n"
        "planned assignment.add sf/assignments/user:u-ada/user\n");
  const Change& change = plan.changes[1];
  CHECK(change.assignment()->principal_type == "user");
  CHECK(change.assignment()->principal_id == "u-ada");
  CHECK(change.assignment()->app_role_id == "r-user");
  CHECK_FALSE(change.provisional);
  CHECK(change.basis == assignment_basis("u-ada", "r-user", false));
  CHECK(change.risks.empty());
  const std::vector<schema::FieldChange> fields{{"principal", nullptr, "ada@contoso.com"},
                                                {"role", nullptr, "user"}};
  CHECK(change.fields == fields);
  CHECK(change.origin.line == 22);
}

TEST_CASE("default access counts as the role of a member without one, also beside roles") {
  const model::DesiredApplication desired = assigning({group("Sales"), group("Sales", "user")});
  const std::vector<model::LiveAssignment> live{
      assigned("g-sales", "Group", std::string(kDefaultAccess))};
  const model::DesiredApplication alone = assigning({group("Sales")});
  CHECK_FALSE(planned(alone, found_with(alone, live, {{sales}})).has_changes());
  CHECK(outline(planned(desired, found_with(desired, live, {{sales}, {sales}}))) ==
        "planned assignment.add sf/assignments/group:g-sales/user\n");
  CHECK(outline(planned(desired, found_with(desired, {}, {{sales}, {sales}}))) ==
        "planned assignment.add sf/assignments/group:g-sales/user\n");
}

TEST_CASE("exact takes everybody out who is not named, at the risk of deprovisioning") {
  model::DesiredApplication desired = assigning({group("Sales")});
  desired.assignments->mode = model::DesiredAssignments::Mode::exact;
  const std::vector<model::LiveAssignment> live{
      assigned("g-sales", "Group", "r-admin"), assigned("g-sales", "Group", "r-user"),
      assigned("u-eve", "User", std::string(kDefaultAccess))};
  const Plan plan = planned(desired, found_with(desired, live, {{sales}}));
  CHECK(outline(plan) ==
        "planned assignment.remove sf/assignments/group:g-sales/admin\n"
        "planned assignment.remove sf/assignments/user:u-eve/default\n");
  for (const Change& change : plan.changes) CHECK(change.risks == Risks{Risk::deprovision});
  CHECK(plan.changes[0].basis == assignment_basis("g-sales", "r-admin", true));
  CHECK(plan.changes[0].assignment()->app_role_id == "r-admin");
  CHECK(plan.changes[0].fields[0] == schema::FieldChange{"principal", "Name of g-sales", nullptr});

  SUBCASE("but nobody as long as a member cannot be told: it may be the very one") {
    CHECK(outline(planned(desired, found_with(desired, live, {{}}))) ==
          "blocked assignment.add sf/assignments/group:Sales/user\n");
  }
}

TEST_CASE("SW5041: under additive the plan says who stays beside the one that is added") {
  const model::DesiredApplication desired = assigning({group("Sales", "user")});
  const auto told = [&](const std::vector<model::LiveAssignment>& live,
                        const model::DesiredApplication& wanted) {
    return planned(wanted, found_with(wanted, live, {{sales}})).diagnostics;
  };
  const model::LiveAssignment old = assigned("g-old", "Group", "r-user");
  const std::vector<Diagnostic> one = told({old}, desired);
  REQUIRE(one.size() == 1);
  CHECK(one[0] ==
        Diagnostic{Code::SW5041, Severity::note,
                   "sf: group `Name of g-old` as user stays assigned: no member names it, and mode "
                   "`additive` takes nobody out",
                   "the member `{group: g-old, absent: true}` takes it out, `mode: exact` as well",
                   desired.assignments->where});
  std::vector<model::LiveAssignment> many{old};
  for (const char* id : {"u-1", "u-2", "u-3", "u-4", "u-5"}) {
    many.push_back(assigned(id, "User", std::string(kDefaultAccess)));
  }
  const std::vector<Diagnostic> several = told(many, desired);
  REQUIRE(several.size() == 1);
  CHECK(several[0].message ==
        "sf: group `Name of g-old` as user, user `Name of u-1` as default access, user `Name of "
        "u-2` as default access, user `Name of u-3` as default access, user `Name of u-4` as "
        "default access and 1 more stay assigned: no member names them, and mode `additive` takes "
        "nobody out");
  CHECK(several[0].advice ==
        "the member `{group: g-old, absent: true}` takes the first out, `mode: exact` all of them");

  SUBCASE("not where nothing is added, and not under exact") {
    CHECK(told({old, assigned("g-sales", "Group", "r-user")}, desired).empty());
    CHECK(told({}, desired).empty());
    model::DesiredApplication exact = desired;
    exact.assignments->mode = model::DesiredAssignments::Mode::exact;
    CHECK(told({old}, exact).empty());
  }
  SUBCASE("a role that changed leaves the old one") {
    const model::DesiredApplication promoted = assigning({group("Sales", "admin")});
    const std::vector<Diagnostic> role = told({assigned("g-sales", "Group", "r-user")}, promoted);
    REQUIRE(role.size() == 1);
    CHECK(role[0].message.starts_with("sf: group `Name of g-sales` as user stays assigned"));
  }
}

TEST_CASE("absent: true takes one role off, or without a role every one that nobody gives") {
  const std::vector<model::LiveAssignment> live{assigned("u-ada", "User", "r-admin"),
                                                assigned("u-ada", "User", "r-user")};
  const model::DesiredApplication one = assigning({absent(user("ada@contoso.com", "admin"))});
  CHECK(outline(planned(one, found_with(one, live, {{ada}}))) ==
        "planned assignment.remove sf/assignments/user:u-ada/admin\n");
  const model::DesiredApplication all =
      assigning({user("ada@contoso.com", "user"), absent(user("ada@contoso.com"))});
  CHECK(outline(planned(all, found_with(all, live, {{ada}, {ada}}))) ==
        "planned assignment.remove sf/assignments/user:u-ada/admin\n");

  SUBCASE("nobody of that name is as absent as can be, several are a question") {
    const Plan nobody = planned(one, found_with(one, live, {{}}));
    CHECK_FALSE(nobody.has_changes());
    REQUIRE(nobody.diagnostics.size() == 1);
    CHECK(nobody.diagnostics[0].code == Code::SW5029);
    CHECK(nobody.diagnostics[0].severity == Severity::warning);
    CHECK(nobody.diagnostics[0].where.line == 22);
    const Plan plan = planned(one, found_with(one, live, {{ada, {"u-2", "Ada", ""}}}));
    CHECK(outline(plan) == "blocked assignment.remove sf/assignments/user:ada@contoso.com/admin\n");
    CHECK(refusal_of(plan).code == Code::SW5024);
  }
}

TEST_CASE("SW5025: a role that cannot be told takes nobody's access away in silence") {
  const std::vector<model::LiveAssignment> live{assigned("u-ada", "User", "r-user")};
  const model::DesiredApplication slip = assigning({absent(user("ada@contoso.com", "User "))});
  const Plan plan = planned(slip, found_with(slip, live, {{ada}}));
  CHECK(outline(plan) == "blocked assignment.remove sf/assignments/user:u-ada/User \n");
  CHECK(refusal_of(plan).code == Code::SW5025);
  const model::DesiredApplication loud = assigning({absent(user("ada@contoso.com", "R-USER"))});
  CHECK(outline(planned(loud, found_with(loud, live, {{ada}}))) ==
        "planned assignment.remove sf/assignments/user:u-ada/user\n");
}

TEST_CASE("a disabled role stands in no enabled one's way") {
  std::vector<model::LiveAppRole> roles = app_roles();
  roles.push_back({"r-former", "user", "User", false, {"User"}});
  CHECK(choose_role(std::nullopt, model::DesiredMember::Type::user, roles).id ==
        choose_role("r-user", model::DesiredMember::Type::user, roles).id);
  CHECK(choose_role("user", model::DesiredMember::Type::user, roles).problem ==
        RoleChoice::Problem::none);
  CHECK(choose_role("r-former", model::DesiredMember::Type::user, roles).problem ==
        RoleChoice::Problem::disabled);
  const std::vector<model::LiveAppRole> by_either_name{{"r-1", "User", "Old", false, {"User"}},
                                                       {"r-2", "", "User", true, {"User"}}};
  CHECK(choose_role(std::nullopt, model::DesiredMember::Type::user, by_either_name).id == "r-2");
}

TEST_CASE("an application that is not there yet gets its assignments by role text") {
  const model::DesiredApplication desired = assigning(
      {group("Sales", "Standard User"), user("ada@contoso.com"), absent(group("Others"))});
  model::Findings findings = nothing_found();
  findings.principals = {{sales}, {ada}, {{"g-others", "Others", ""}}};
  const Plan plan = planned(desired, findings);
  CHECK(outline(plan) ==
        "planned application.instantiate sf\n"
        "planned assignment.add sf/assignments/group:g-sales/Standard User\n"
        "planned assignment.add sf/assignments/user:u-ada/default\n");
  CHECK(plan.changes[1].provisional);
  CHECK(plan.changes[1].assignment()->app_role_id.empty());
  CHECK(requested_role(plan.changes[1]) == "Standard User");
  CHECK_FALSE(requested_role(plan.changes[2]).has_value());
  CHECK_FALSE(plan.changes[1].basis.has_value());
}

TEST_CASE("SW5024, SW5025, SW5026: who or what cannot be told blocks its own change") {
  const auto refusal = [](const model::DesiredApplication& desired,
                          std::vector<std::vector<model::LivePrincipal>> principals) {
    return refusal_of(planned(desired, found_with(desired, {}, std::move(principals))));
  };
  const Refusal nobody = refusal(assigning({group("Sales")}), {{}});
  CHECK(nobody.code == Code::SW5024);
  CHECK(nobody.message == "the tenant has no group `Sales`");
  const Refusal several =
      refusal(assigning({user("Ada")}), {{{"u-2", "Ada", "ada2@contoso.com"}, ada}});
  CHECK(several.message == "the tenant has 2 users `Ada`");
  CHECK(several.candidates ==
        std::vector<std::string>{"u-2  Ada (ada2@contoso.com)", "u-ada  Ada (ada@contoso.com)"});
  CHECK(refusal(assigning({group("Sales")}), {}).code == Code::SW5019);
  const Refusal role = refusal(assigning({group("Sales", "Chief")}), {{sales}});
  CHECK(role.code == Code::SW5025);
  CHECK(role.message == "the application has no role `Chief`");
  CHECK(role.candidates == std::vector<std::string>{"admin", "r-twin-1", "r-twin-2", "user"});
  CHECK(refusal(assigning({group("Sales", "Twin")}), {{sales}}).message ==
        "the application has several roles `Twin`");
  CHECK(refusal(assigning({group("Sales", "Old")}), {{sales}}).message ==
        "the role `Old` is disabled");
  CHECK(refusal(assigning({group("Sales", "Daemon")}), {{sales}}).message ==
        "the role `Daemon` cannot be given to a group");
  CHECK(refusal(assigning({group("Sales", "user"), absent(group("g-sales", "User"))}),
                {{sales}, {sales}})
            .code == Code::SW5026);
}

TEST_CASE("a disabled role that somebody has already is kept") {
  const model::DesiredApplication desired = assigning({group("Sales", "Old")});
  CHECK_FALSE(
      planned(desired, found_with(desired, {assigned("g-sales", "Group", "r-old")}, {{sales}}))
          .has_changes());
}

TEST_CASE("without `assignments` nothing is planned about them") {
  const model::DesiredApplication desired = bare("sf");
  CHECK_FALSE(planned(desired, found_with(desired, {assigned("u-eve", "User", "r-user")}, {}))
                  .has_changes());
}
