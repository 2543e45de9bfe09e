#include <doctest/doctest.h>

#include "syncwright/plan/plan_file.h"
#include "world.h"

using namespace syncwright;
using namespace syncwright::plan;
using namespace syncwright::plan::test;

TEST_CASE("a missing application is created with everything the manifest asks for, in order") {
  const Plan plan = planned(salesforce(), nothing_found());
  CHECK(outline(plan) ==
        "planned application.instantiate salesforce-contoso\n"
        "planned job.create salesforce-contoso/jobs/default\n"
        "planned credentials.validate salesforce-contoso/credentials/validate\n"
        "planned credentials.save salesforce-contoso/credentials\n"
        "planned schema.put salesforce-contoso/jobs/default/schema\n"
        "planned job.start salesforce-contoso/jobs/default/start\n");
  const Json document = document_of(plan).tree();
  CHECK(document["changes"][0]["after"] == Json::array());
  for (std::size_t i = 1; i < plan.changes.size(); ++i) {
    CHECK(document["changes"][i]["after"] == Json::array({plan.changes[i - 1].id()}));
  }
  for (const Change& change : plan.changes) CHECK_FALSE(change.basis.has_value());
  CHECK(plan.summary.create == 1);
  CHECK(plan.summary.changes == 6);
  CHECK(plan.complete);
}

TEST_CASE("the schema of a job that is not there yet is provisional") {
  const Plan plan = planned(salesforce(), nothing_found());
  const Change* schema = plan.find("salesforce-contoso/jobs/default/schema");
  REQUIRE(schema != nullptr);
  CHECK(schema->provisional);
  CHECK(schema->status == ChangeStatus::planned);
  const Json unknown{{"unknown", true}};
  const std::vector<schema::FieldChange> expected{
      {"salesforce.com/User.officeCode", unknown, {{"type", "String"}}},
      {"User/officeCode", unknown, {{"expression", "[extensionAttribute10]"}}}};
  CHECK(schema->fields == expected);
  CHECK(schema->origin.line == 19);
}

TEST_CASE("what an apply has done needs no second one") {
  for (const model::JobState state : {model::JobState::started, model::JobState::paused}) {
    model::DesiredApplication application = salesforce();
    application.jobs[0].state = state;
    const Plan plan = planned(application, found(settled(application)));
    CHECK(outline(plan).empty());
    CHECK(plan.summary.unchanged == 1);
    CHECK(plan.health.empty());
  }
}

TEST_CASE("a paused job stays as it is where the manifest does not speak of its state") {
  model::DesiredApplication application = salesforce();
  application.jobs[0].state.reset();
  CHECK(outline(planned(application, nothing_found())).find("job.start") == std::string::npos);
  CHECK_FALSE(planned(application, found(settled(application))).has_changes());
}

TEST_CASE("a new job of an application that is there") {
  model::LiveApplication live = settled(salesforce());
  live.jobs.clear();
  CHECK(outline(planned(salesforce(), found(live))) ==
        "planned job.create salesforce-contoso/jobs/default\n"
        "planned schema.put salesforce-contoso/jobs/default/schema\n"
        "planned job.start salesforce-contoso/jobs/default/start\n");
}

TEST_CASE("a renamed application gets its name back, on the basis of the one it has") {
  model::LiveApplication live = settled(salesforce());
  live.reference.display_name = "Sales";
  const Plan plan = planned(salesforce(), found(live));
  CHECK(outline(plan) == "planned application.update salesforce-contoso/update\n");
  const std::vector<schema::FieldChange> expected{{"displayName", "Sales", "Salesforce Contoso"}};
  CHECK(plan.changes[0].fields == expected);
  CHECK(plan.changes[0].basis.has_value());
  CHECK(plan.summary.update == 1);
}

TEST_CASE("a creation that was never claimed is resumed: the oldest one") {
  model::Findings findings = nothing_found();
  findings.unclaimed = {{"app-b", "", "", "", "2026-11-22T10:00:00Z", ""},
                        {"app-a", "", "", "", "2026-11-22T09:00:00Z", ""}};
  const Plan plan = planned(bare("sf"), findings);
  REQUIRE(plan.changes.size() == 1);
  CHECK(plan.changes[0].type == ChangeType::application_instantiate);
  CHECK(plan.changes[0].reason == "resumes the creation that an earlier run left");
  CHECK(plan.changes[0].fields.back() == schema::FieldChange{"resumes", nullptr, "app-a"});
}

TEST_CASE("a claimed application is finished, then planned like an owned one") {
  model::LiveApplication live = settled(salesforce());
  live.tags = {"HideApp"};
  live.reference.display_name = "syncwright:contoso/prod/salesforce-contoso";
  model::Findings findings = nothing_found();
  findings.claimed = live;
  const Plan plan = planned(salesforce(), findings);
  CHECK(outline(plan) ==
        "planned application.update salesforce-contoso/update\n"
        "planned credentials.validate salesforce-contoso/credentials/validate\n"
        "planned credentials.save salesforce-contoso/credentials\n");
  CHECK(plan.changes[0].reason == "finishes the creation that an earlier run began");
  const std::vector<schema::FieldChange> expected{
      {"displayName", "syncwright:contoso/prod/salesforce-contoso", "Salesforce Contoso"},
      {"tags", Json::array(), {"syncwright:contoso/prod", "syncwright-app:salesforce-contoso"}}};
  CHECK(plan.changes[0].fields == expected);
}

TEST_CASE("tags that somebody took off are not told as a creation") {
  model::LiveApplication live = settled(salesforce());
  model::Findings findings = nothing_found();
  model::DesiredApplication desired = salesforce();
  const auto planned_of = [&](std::vector<std::string> tags) {
    live.tags = std::move(tags);
    findings.claimed = live;
    return planned(desired, findings).changes[0];
  };
  const Change some = planned_of({"syncwright-credentials:2026-11"});
  CHECK(some.id() == "salesforce-contoso/update");
  CHECK(some.reason == "its ownership tags were removed");
  CHECK(some.cause == Cause::tenant);
  CHECK(planned_of({}).reason == "its ownership tags were removed");
  SUBCASE("what is taken over has jobs before it has tags") {
    desired.adopt.mode = model::Adopt::Mode::by_name;
    CHECK(planned_of({}).reason ==
          "finishes the taking over that an earlier run began, unless its tags were removed");
    CHECK(planned_of({}).cause == Cause::unknown);
  }
}

TEST_CASE("SW5028: a service principal that was deleted alone, once it cannot be too young") {
  model::Findings findings = nothing_found();
  model::LiveApplication live;
  live.reference = {"app-1", "", "appid-1", "Salesforce Contoso", format_rfc3339(kNow), ""};
  findings.claimed = live;
  CHECK(outline(planned(bare("sf"), findings)) == "planned application.update sf/update\n");
  CHECK(planned(bare("sf"), findings).changes[0].reason ==
        "finishes the creation that an earlier run began");

  findings.claimed->reference.created = format_rfc3339(kNow - model::kSettleWindow);
  const Plan plan = planned(bare("sf"), findings);
  CHECK(outline(plan) == "blocked application.update sf/update\n");
  CHECK(plan.changes[0].reason == "its enterprise application was deleted");
  CHECK(plan.changes[0].cause == Cause::tenant);
  CHECK(refusal_of(plan).code == Code::SW5028);
  CHECK(refusal_of(plan).message ==
        "application app-1 has no service principal (enterprise application)");
}

TEST_CASE("equal input gives equal plans, in whatever order the parts come") {
  const model::Desired desired = project({bare("a"), salesforce()});
  const PlanContext context = plan_context(desired);
  std::vector<ApplicationPlan> parts{
      plan_application(desired.applications[0], nothing_found(), context),
      plan_application(desired.applications[1], nothing_found(), context)};
  std::vector<ApplicationPlan> turned{parts[1], parts[0]};
  const Plan first = assemble_plan(desired, kTenant, parts, {}, kNow);
  const Plan second = assemble_plan(desired, kTenant, turned, {}, kNow);
  CHECK(document_of(first).text() == document_of(second).text());
  CHECK(first.summary.create == 2);
}

TEST_CASE("what was found is kept of what changes, for an apply that follows at once") {
  const model::DesiredApplication same = salesforce();
  model::DesiredApplication renamed = same;
  renamed.name = "renamed";
  renamed.display_name = "Another name";
  model::LiveApplication second = settled(renamed);
  second.reference.display_name = "Old name";
  second.reference.service_principal_id = "sp-2";
  model::Live live;
  live.findings.emplace(same.name, found(settled(same)));
  live.findings.emplace(renamed.name, found(second));
  const model::Desired desired = project({renamed, same});

  PlanContext context = plan_context(desired);
  const Plan applied = make_plan(desired, live, kNow, context);
  CHECK(applied.existing == std::vector<std::pair<std::string, std::string>>{
                                {"renamed", "sp-2"}, {same.name, kServicePrincipal}});
  REQUIRE(applied.located.size() == 1);
  CHECK(applied.located.at("renamed").reference.service_principal_id == "sp-2");
  CHECK(applied.located.at("renamed").tags == second.tags);
  CHECK(applied.located.at("renamed").jobs.size() == 1);

  context.applies = false;
  const Plan shown = make_plan(desired, live, kNow, context);
  CHECK(shown.existing == applied.existing);
  CHECK(shown.located.empty());
  CHECK(outline(shown) == outline(applied));
}
