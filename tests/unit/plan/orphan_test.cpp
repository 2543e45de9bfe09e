#include <doctest/doctest.h>

#include "syncwright/plan/basis.h"
#include "world.h"

using namespace syncwright;
using namespace syncwright::plan;
using namespace syncwright::plan::test;

namespace {

model::Orphan orphan(const std::string& name, const std::string& id,
                     std::vector<std::string> more_tags = {}) {
  model::Orphan made{name, {"app-" + id, id, "appid-" + id, "Old " + name, "", ""}, {}};
  made.tags = {"syncwright:contoso/prod", "syncwright-app:" + name};
  made.tags.insert(made.tags.end(), more_tags.begin(), more_tags.end());
  return made;
}

Plan pruned(std::vector<model::Orphan> orphans, const std::function<void(PlanContext&)>& edit = {},
            const model::Desired& desired = project({salesforce()})) {
  PlanContext context = plan_context(desired);
  context.prune = true;
  if (edit) edit(context);
  model::Live tenant;
  tenant.findings.emplace("salesforce-contoso", found(settled(salesforce())));
  tenant.orphans = std::move(orphans);
  return make_plan(desired, tenant, kNow, context);
}

}  // namespace

TEST_CASE("orphans are listed, and deleted only on demand") {
  const Plan listed =
      pruned({orphan("old", "sp-1")}, [](PlanContext& context) { context.prune = false; });
  CHECK_FALSE(listed.has_changes());
  CHECK(listed.summary.orphaned == 1);

  const Plan plan = pruned({orphan("zebra", "sp-2"), orphan("old", "sp-1")});
  CHECK(outline(plan) ==
        "planned application.delete old/delete\n"
        "planned application.delete zebra/delete\n");
  CHECK(plan.orphans.empty());
  CHECK(plan.summary.deleted == 2);
  CHECK(plan.summary.orphaned == 0);
  CHECK(plan.summary.unchanged == 1);
  const Change& change = plan.changes[0];
  CHECK(change.application == "old");
  CHECK(change.target()->id == "sp-1");
  const std::vector<schema::FieldChange> fields{
      {"displayName", "Old old", nullptr},
      {"applicationId", "app-sp-1", nullptr},
      {"tags", {"syncwright-app:old", "syncwright:contoso/prod"}, nullptr}};
  CHECK(change.fields == fields);
  CHECK(change.basis == basis_of(fields));
}

TEST_CASE("nothing is deleted by a plan that is not complete") {
  model::Desired part = project({salesforce()});
  part.complete = false;
  CHECK(pruned({orphan("old", "sp-1")}, {}, part).orphans.size() == 1);
  // A manifest whose application could not be read.
  model::Live tenant;
  tenant.findings["salesforce-contoso"].unreadable = Error{};
  tenant.orphans = {orphan("old", "sp-1")};
  PlanContext context = plan_context(project({}));
  context.prune = true;
  const Plan unreadable = make_plan(project({salesforce()}), tenant, kNow, context);
  CHECK(unreadable.find("old/delete") == nullptr);
  CHECK(unreadable.orphans.size() == 1);
}

TEST_CASE("SW5027, SW5003, SW5023: protected, shared with others, or our own identity") {
  const Plan kept = pruned({orphan("old", "sp-1", {"syncwright-protected"})});
  CHECK(outline(kept) == "blocked application.delete old/delete\n");
  CHECK(refusal_of(kept).code == Code::SW5027);
  CHECK(kept.guards.empty());
  CHECK(refusal_of(pruned({orphan("old", "sp-1", {"syncwright:other/prod"})})).code ==
        Code::SW5003);
  CHECK(refusal_of(pruned({orphan("old", "sp-1")}, [](PlanContext& context) {
          context.own_app_id = "appid-sp-1";
        })).code == Code::SW5023);
}

TEST_CASE("several orphans under one name, and a creation that lost, are told apart") {
  model::Orphan lost{"salesforce-contoso",
                     {"app-9", "", "", "syncwright:contoso/prod/salesforce-contoso", "", ""},
                     {}};
  const Plan plan = pruned({orphan("old", "sp-2"), orphan("old", "sp-1"), lost});
  CHECK(outline(plan) ==
        "planned application.delete old/delete\n"
        "planned application.delete old/delete/sp-2\n"
        "planned application.delete salesforce-contoso/delete\n");
  CHECK(plan.changes[0].reason == "no manifest names it any more (sp-1)");
  CHECK(plan.changes[1].reason == "no manifest names it any more (sp-2)");
  CHECK(plan.changes[2].target()->id == "app-9");
  CHECK(plan.changes[2].reason == "an earlier run began to create it and did not need it");
}

TEST_CASE("what carries an earlier name is not deleted as long as the rename did not happen") {
  model::DesiredApplication renamed = bare("new");
  renamed.previously = {"old"};
  const model::Desired desired = project({renamed});
  PlanContext context = plan_context(desired);
  context.prune = true;
  model::Live tenant;
  tenant.findings.emplace("new", nothing_found());
  tenant.orphans = {orphan("old", "sp-1"), orphan("No name", "sp-2")};
  const Plan plan = make_plan(desired, tenant, kNow, context);
  CHECK(outline(plan) == "planned application.instantiate new\n");
  CHECK(plan.orphans.size() == 2);
  tenant.findings["new"] = found(settled(renamed));
  CHECK(outline(make_plan(desired, tenant, kNow, context)) ==
        "planned application.delete old/delete\n");
}
