#include "plan/guard.h"

#include <doctest/doctest.h>

#include <functional>

#include "world.h"

using namespace syncwright;
using namespace syncwright::plan;
using namespace syncwright::plan::test;

namespace {

/// What a run that was stopped left: nothing recorded as applied, a job that never ran.
model::LiveJob new_job() {
  model::LiveJob job = running_job();
  job.schedule_state = "Disabled";
  job.status_code = "NotConfigured";
  job.last_execution.reset();
  return job;
}

/// `count` applications that exist; the first `changed` of them have another display name, and the
/// first `unfinished` were never finished.
Plan plan_of(int count, int changed, model::Guards guards = {}, int unfinished = 0) {
  std::vector<model::DesiredApplication> applications;
  model::Live tenant;
  for (int i = 0; i < count; ++i) {
    model::DesiredApplication application = bare("app-" + std::to_string(100 + i));
    model::LiveApplication live = settled(application);
    live.jobs = {i < unfinished ? new_job() : running_job()};
    if (i < changed) live.reference.display_name = "Another";
    tenant.findings.emplace(application.name, found(live));
    applications.push_back(std::move(application));
  }
  model::Desired desired = project(std::move(applications));
  desired.guards = guards;
  return make_plan(desired, tenant, kNow);
}

/// `refused`: a job that is not there is named beside.
Plan removing(int live_count, int removed, model::Guards guards = {}, bool refused = false,
              const std::string& name = "contoso") {
  model::DesiredApplication application = assigning({});
  if (refused) {
    application.jobs.resize(1);
    application.jobs[0].job_id = "gone.1";
  }
  application.assignments->mode = model::DesiredAssignments::Mode::exact;
  model::LiveApplication live = settled(application);
  live.tags = {"syncwright:" + name + "/prod", "syncwright-app:sf", "syncwright-applied:0123"};
  live.app_roles = app_roles();
  model::Findings findings = nothing_found();
  for (int i = 0; i < live_count; ++i) {
    const std::string id = "u-" + std::to_string(100 + i);
    live.assignments.push_back({"a" + id, id, "User", id, "r-user"});
    if (i < removed) continue;
    application.assignments->members.push_back(user(id, "user"));
    findings.principals.push_back({{id, id, ""}});
  }
  findings.owned = {live};
  model::Desired desired = project({application});
  desired.guards = guards;
  desired.project = name;
  model::Live tenant;
  tenant.findings.emplace("sf", findings);
  return make_plan(desired, tenant, kNow);
}

Plan deleting(int count) {
  model::Live tenant;
  for (int i = 0; i < count; ++i) {
    const std::string id = std::to_string(i);
    tenant.orphans.push_back({"old-" + id, {"a" + id, id, "", "Old", "", ""}, {}});
  }
  const model::Desired desired = project({bare("sf")});
  tenant.findings.emplace("sf", found(settled(bare("sf"))));
  PlanContext context = plan_context(desired);
  context.prune = true;
  return make_plan(desired, tenant, kNow, context);
}

std::vector<std::string> names(const std::vector<GuardVerdict>& verdicts) {
  std::vector<std::string> found;
  for (const GuardVerdict& verdict : verdicts) found.emplace_back(to_string(verdict.guard));
  return found;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("maxUpdatesPercent counts from the floor on, and asks for the number") {
  CHECK(plan_of(9, 9).guards.empty());
  CHECK(plan_of(10, 3).guards.empty());
  const Plan plan = plan_of(10, 4);
  REQUIRE(plan.guards.size() == 1);
  CHECK(plan.guards[0] ==
        GuardVerdict{Guard::max_updates_percent,
                     "4 of 10 existing applications are updated (40 %), and the guard lets 30 % "
                     "through",
                     "--max-updates 4", 40, 30});
  CHECK(is_opened_by_flag(plan.guards[0]));
  Acknowledgements others;
  others.max_deletes = 100;
  others.allow_deprovision = 100;
  others.allow_empty = true;
  others.reviewed_plan = true;
  others.max_updates = 3;
  CHECK(names(unmet_guards(plan, others)) == Names{"maxUpdatesPercent"});
  Acknowledgements given;
  given.max_updates = 4;
  CHECK(unmet_guards(plan, given).empty());
  model::Guards wide;
  wide.max_updates_percent = 40;
  CHECK(plan_of(10, 4, wide).guards.empty());

  SUBCASE("a flag may be narrower than what the project allows") {
    const Plan allowed = plan_of(9, 2);
    CHECK(unmet_guards(allowed, {}).empty());
    given.max_updates = 1;
    const std::vector<GuardVerdict> narrower = unmet_guards(allowed, given);
    REQUIRE(narrower.size() == 1);
    CHECK(narrower[0] ==
          GuardVerdict{Guard::max_updates_percent,
                       "2 existing applications are updated, and --max-updates lets 1 through",
                       "--max-updates 2", 2, 1});
  }
}

TEST_CASE("what an earlier run began and never finished is no existing application") {
  CHECK(plan_of(15, 15, {}, 15).guards.empty());
  CHECK(plan_of(15, 15, {}, 15).updates == 0);
  CHECK(plan_of(15, 8, {}, 5).updates == 3);
  CHECK(plan_of(15, 8, {}, 5).guards.empty());  // 3 of 10
  CHECK(names(plan_of(15, 9, {}, 5).guards) == Names{"maxUpdatesPercent"});
  CHECK(plan_of(15, 15).updates == 15);
}

TEST_CASE("an application is unfinished until an apply is recorded or a job of it ran") {
  const auto plan = [](const std::function<void(model::Findings&)>& edit) {
    model::DesiredApplication application = bare("sf");
    model::LiveApplication live = settled(application);
    live.jobs = {new_job()};
    live.reference.display_name = "Another";
    model::Findings findings = found(std::move(live));
    edit(findings);
    const model::Desired desired = project({application});
    PlanContext context = plan_context(desired);
    context.now = kNow;
    return plan_application(application, findings, context);
  };
  CHECK(plan([](model::Findings&) {}).unfinished);
  CHECK(plan([](model::Findings& findings) {
          findings.owned[0].jobs = {running_job()};
          findings.owned[0].reference.created = format_rfc3339(kNow - Milliseconds{86'399'000});
        }).unfinished);
  CHECK(plan([](model::Findings& findings) { findings.owned[0].jobs.clear(); }).unfinished);
  CHECK_FALSE(plan([](model::Findings& findings) {
                findings.owned[0].tags.emplace_back("syncwright-applied:0123");
              }).unfinished);
  CHECK_FALSE(
      plan([](model::Findings& findings) { findings.owned[0].jobs = {running_job()}; }).unfinished);
  const auto claimed = [](model::Findings& findings) {
    findings.claimed = findings.owned[0];
    findings.claimed->tags.clear();
    findings.owned.clear();
  };
  // Its tags were removed: what they said is not known.
  CHECK_FALSE(plan(claimed).unfinished);
  CHECK(plan([&](model::Findings& findings) {
          claimed(findings);
          findings.claimed->reference.display_name = "syncwright:contoso/prod/sf";
        }).unfinished);
}

TEST_CASE("no way out names a project file that is not there") {
  const Plan plan =
      removing(9, 9, {.max_assignment_removals_count = 8}, false, model::Desired().project);
  REQUIRE(plan.guards.size() == 2);
  CHECK(plan.guards[1].acknowledge == "guards.maxAssignmentRemovals.count: 9 in a syncwright.yaml");
  CHECK_FALSE(is_opened_by_flag(plan.guards[1]));
}

TEST_CASE("taking applications over is no update") {
  model::Live tenant;
  std::vector<model::DesiredApplication> applications;
  for (int i = 0; i < 12; ++i) {
    model::DesiredApplication application = bare("app-" + std::to_string(100 + i));
    application.adopt.mode = model::Adopt::Mode::by_name;
    model::Findings findings = nothing_found();
    findings.neighbours = {settled(application)};
    findings.neighbours[0].tags.clear();
    tenant.findings.emplace(application.name, findings);
    applications.push_back(std::move(application));
  }
  const Plan plan = make_plan(project(std::move(applications)), tenant, kNow);
  CHECK(plan.summary.update == 12);
  CHECK(plan.guards.empty());
}

TEST_CASE("maxAssignmentRemovals: a count, and a percentage from the floor on") {
  CHECK(names(removing(9, 9).guards) == Names{"deprovision"});
  CHECK(names(removing(40, 10).guards) == Names{"deprovision"});
  const Plan many = removing(100, 11);
  CHECK(names(many.guards) == Names{"deprovision", "maxAssignmentRemovals"});
  CHECK(many.guards[1].message == "11 assignments are removed, and the guard lets 10 through");
  CHECK(many.guards[1].acknowledge == "guards.maxAssignmentRemovals.count: 11 in syncwright.yaml");
  const Plan large = removing(20, 6);
  CHECK(large.guards[1].message ==
        "6 of 20 assignments are removed (30 %), and the guard lets 25 % through");
  CHECK(names(removing(20, 11).guards) ==
        Names{"deprovision", "maxAssignmentRemovals", "maxAssignmentRemovals"});
}

TEST_CASE("what a refusal leaves out counts for no guard") {
  CHECK(names(removing(20, 11).guards) ==
        Names{"deprovision", "maxAssignmentRemovals", "maxAssignmentRemovals"});
  const Plan plan = removing(20, 11, {}, true);
  CHECK(plan.has_refusals());
  CHECK(plan.guards.empty());
}

TEST_CASE("deprovision is let through by number, or by a review") {
  const Plan plan = removing(9, 2);
  REQUIRE(plan.guards.size() == 1);
  CHECK(plan.guards[0].message == "2 changes may deprovision accounts in the target");
  CHECK(plan.guards[0].acknowledge == "--allow-deprovision 2");
  Acknowledgements given;
  CHECK(unmet_guards(plan, given).size() == 1);
  given.allow_deprovision = 1;
  CHECK(unmet_guards(plan, given).size() == 1);
  given.allow_deprovision = 2;
  CHECK(unmet_guards(plan, given).empty());
  given = {};
  given.reviewed_plan = true;
  CHECK(unmet_guards(plan, given).empty());
}

TEST_CASE("maxDeletes asks for the number, whoever reviewed the plan") {
  const Plan plan = deleting(3);
  REQUIRE(plan.guards.size() == 1);
  CHECK(plan.guards[0] == GuardVerdict{Guard::max_deletes,
                                       "3 deletions are planned, and the guard lets 0 through",
                                       "--max-deletes 3", 3, 0});
  Acknowledgements given;
  given.reviewed_plan = true;
  CHECK(names(unmet_guards(plan, given)) == Names{"maxDeletes"});
  given.max_deletes = 2;
  CHECK(names(unmet_guards(plan, given)) == Names{"maxDeletes"});
  given.max_deletes = 3;
  CHECK(unmet_guards(plan, given).empty());

  SUBCASE("a flag may be narrower than what the project allows") {
    Plan allowed = plan;
    allowed.guards.clear();
    CHECK(unmet_guards(allowed, {}).empty());
    given.max_deletes = 1;
    CHECK(names(unmet_guards(allowed, given)) == Names{"maxDeletes"});
  }
}

TEST_CASE("emptySet: no application at all, or a set without rows") {
  const Plan nothing = make_plan(project({}), {}, kNow);
  REQUIRE(nothing.guards.size() == 1);
  CHECK(nothing.guards[0].acknowledge == "--allow-empty");
  CHECK(nothing.guards[0].message == "the manifests name no application at all");
  Acknowledgements given;
  CHECK(unmet_guards(nothing, given).size() == 1);
  given.allow_empty = true;
  CHECK(unmet_guards(nothing, given).empty());

  model::Desired rowless = project({bare("sf")});
  rowless.empty_sets = {{"sets/aws.yaml", 6, 3, 0}};
  model::Live tenant;
  tenant.findings.emplace("sf", found(settled(bare("sf"))));
  const auto said = [&] {
    const std::vector<GuardVerdict> guards = make_plan(rowless, tenant, kNow).guards;
    REQUIRE(names(guards) == Names{"emptySet"});
    return guards[0].message;
  };
  CHECK(said() == "1 application set has no row: sets/aws.yaml:6");
  rowless.empty_sets.push_back({"sets/box.yaml", 5, 9, 0});
  CHECK(said() == "2 application sets have no row: sets/aws.yaml:6, sets/box.yaml:5");
  rowless.empty_sets = {{}, {}};  // as a plan file has them
  CHECK(said() == "2 application sets have no row");
  rowless.complete = false;
  CHECK(make_plan(rowless, tenant, kNow).guards.empty());

  model::Desired part = project({});  // a project that names nothing is not complete
  part.complete = false;
  CHECK(names(make_plan(part, {}, kNow).guards) == Names{"emptySet"});
}
