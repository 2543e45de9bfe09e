#include "syncwright/report/page_inputs.h"

#include <doctest/doctest.h>

#include "report/html/inputs/mapping_rows.h"
#include "sample.h"
#include "syncwright/expression/parser.h"

using namespace syncwright;
using namespace syncwright::report;

namespace {

schema::AttributeMappingRequest mapping_request(const std::string& target,
                                                const std::string& expression) {
  schema::AttributeMappingRequest request;
  request.target_attribute_name = target;
  request.source = schema::MappingSource{*expression::parse_expression(expression)};
  return request;
}

/// An application with two managed mappings of its job.
model::Desired one_application() {
  model::DesiredApplication application;
  application.name = "app";
  application.display_name = "The app";
  application.gallery = "Box";
  model::DesiredJob job;
  job.key = "default";
  job.schema = schema::Customization{};
  schema::ObjectMappingRequest people;
  people.object = "User";
  people.attributes = {mapping_request("userName", "[mail]"),
                       mapping_request("title", "ToUpper([jobTitle])")};
  people.attributes[0].matching_priority = 1;
  people.attributes[1].flow_type = "ObjectAddOnly";
  people.attributes[1].default_value = "none";
  job.schema->mappings = {people};
  application.jobs = {job};
  model::Desired desired;
  desired.project = "contoso";
  desired.applications = {application};
  return desired;
}

PageFacts facts_of(const model::Desired& desired) {
  PageFacts facts;
  facts.desired = &desired;
  facts.now = *parse_rfc3339("2026-11-22T10:00:00Z");
  return facts;
}

/// A change of the schema: one managed mapping, one that nobody named, one definition.
plan::Change schema_change() {
  plan::Change made = test::change(plan::ChangeType::schema_put, "app/jobs/default/schema");
  made.reason = "the live schema differs in 3 places";
  made.origin = {"app.yaml", 12, 1, 2};
  made.risks = {plan::Risk::expose};
  made.cause = plan::Cause::tenant;
  made.fields = {
      {"USER_OUTBOUND/User->urn:a:2.0:Account/title",
       {{"expression", "[title]"}},
       {{"expression", "ToUpper([jobTitle])"}, {"flowType", "ObjectAddOnly"}}},
      {"USER_OUTBOUND/User->urn:a:2.0:Account/urn:a:2.0:b/c", {{"constant", "x"}}, nullptr},
      {"USER_OUTBOUND/User->urn:a:2.0:Account:enabled", false, true},
      {"box/User.officeCode", nullptr, {{"type", "String"}}},
  };
  return made;
}

plan::Plan plan_of(const plan::Changes& changes) {
  plan::Plan plan;
  plan.project = "contoso";
  plan.tenant_id = "t";
  plan.changes = changes;
  plan.summary.changes = static_cast<int>(changes.size());
  plan.summary.update = changes.empty() ? 0 : 1;
  plan.summary.unchanged = changes.empty() ? 1 : 0;
  return plan;
}

StatusRow job_of(const std::string& application) {
  StatusRow job;
  job.application = application;
  job.job = "default";
  job.state = "started";
  return job;
}

Error error_of(ErrorKind kind, const std::string& message, const std::string& advice) {
  Error error;
  error.kind = kind;
  error.message = message;
  error.advice = advice;
  return error;
}

}  // namespace

TEST_CASE("a mapping table has what the manifest manages") {
  const model::Desired desired = one_application();
  const auto tables = html::mappings_of(desired.applications.front());
  REQUIRE(tables.size() == 1);
  CHECK(tables[0].source == "User");
  REQUIRE(tables[0].mappings.size() == 2);
  CHECK(tables[0].mappings[0].after ==
        PageFlow{PageFlow::Kind::direct, "[mail]", {"mail"}, "", "1", ""});
  CHECK(tables[0].mappings[1].after == PageFlow{PageFlow::Kind::expression,
                                                "ToUpper([jobTitle])",
                                                {"jobTitle"},
                                                "ObjectAddOnly",
                                                "",
                                                "none"});
  CHECK_FALSE(tables[0].mappings[1].changed);
}

TEST_CASE(
    "a plan marks the rows that differ, and keeps the rest of a schema's change in its step") {
  const model::Desired desired = one_application();
  const PageInput page = page_of_plan(plan_of({schema_change()}), facts_of(desired));
  CHECK(page.verdict == "1 application will change");
  CHECK(page.state == PageState::differs);
  REQUIRE(page.applications.size() == 1);
  const PageApplication& card = page.applications[0];
  CHECK(card.word == "will be updated");
  REQUIRE(card.steps.size() == 1);
  CHECK(card.steps[0].title == "change schema of job default");
  CHECK(card.steps[0].place == "app.yaml:12");
  CHECK(card.steps[0].risk == "expose");
  REQUIRE(card.steps[0].fields.size() == 2);
  CHECK(card.steps[0].fields[0].name == "USER_OUTBOUND/User->urn:a:2.0:Account:enabled");
  CHECK(card.steps[0].fields[0].after == "true");
  CHECK(card.steps[0].fields[1].name == "box/User.officeCode");
  CHECK(card.steps[0].fields[1].before.empty());
  CHECK(card.steps[0].fields[1].after == "String");
  REQUIRE(card.mappings.size() == 1);  // the manifest names no target, the tenant does
  CHECK(card.mappings[0].target == "urn:a:2.0:Account");
  const auto& rows = card.mappings[0].mappings;
  REQUIRE(rows.size() == 3);
  CHECK_FALSE(rows[0].changed);
  CHECK(rows[1].changed);
  CHECK(rows[1].before == PageFlow{PageFlow::Kind::direct, "[title]", {"title"}, "", "", ""});
  CHECK(rows[1].after->when == "ObjectAddOnly");
  CHECK(rows[2].target == "urn:a:2.0:b/c");
  CHECK(rows[2].before == PageFlow{PageFlow::Kind::constant, "x", {}, "", "", ""});
  CHECK_FALSE(rows[2].after.has_value());
}

TEST_CASE("a schema that cannot be read yet is set, not changed") {
  plan::Change put = test::change(plan::ChangeType::schema_put, "app/jobs/default/schema");
  put.fields = {{"User/title", {{"unknown", true}}, {{"expression", "[jobTitle]"}}},
                {"box/User.officeCode", {{"unknown", true}}, {{"type", "String"}}}};
  const model::Desired desired = one_application();
  const PageInput page = page_of_plan(plan_of({put}), facts_of(desired));
  const PageMapping& row = page.applications[0].mappings[0].mappings[1];
  CHECK(row.target == "title");
  CHECK(row.unknown_before);
  CHECK_FALSE(row.before.has_value());
  REQUIRE(page.applications[0].steps[0].fields.size() == 1);
  CHECK(page.applications[0].steps[0].fields[0].before == "(not known yet)");
}

TEST_CASE("a plan without changes is in step") {
  const model::Desired desired = one_application();
  const PageInput page = page_of_plan(plan_of({}), facts_of(desired));
  CHECK(page.verdict == "In step");
  CHECK(page.state == PageState::in_step);
  CHECK(page.summary == "No changes. The tenant is as the manifests say.");
  CHECK(page.complete);
  CHECK(page.reading ==
        "The manifests name 1 application. What they manage was read in the tenant.");
}

TEST_CASE("a plan tells how complete its reading was") {
  model::Desired desired = one_application();
  desired.complete = false;
  plan::Plan part = plan_of({});
  part.complete = false;
  PageInput page = page_of_plan(part, facts_of(desired));
  CHECK(page.verdict == "In step, as far as looked");
  CHECK_FALSE(page.complete);
  CHECK(page.reading ==
        "Only a part of the manifests was looked at: 1 application. What they manage was read in "
        "the tenant.");
  part.unreadable = error_of(ErrorKind::unavailable, "the answer was 503", "try again");
  PageFacts facts = facts_of(desired);
  facts.jobs = {job_of("app")};
  facts.jobs[0].state = "unreadable";
  page = page_of_plan(part, facts);
  CHECK(page.verdict == "1 application not read");
  CHECK(page.state == PageState::unread);
  CHECK_FALSE(page.complete);
  CHECK(page.notices.at(0).advice == "try again");
}

TEST_CASE("refused changes, guards, orphans and health are on the page") {
  plan::Change refused = schema_change();
  refused.status = plan::ChangeStatus::blocked;
  refused.refusal = plan::Refusal{Code::SW5015, "it is disabled", "start it", {}};
  plan::Plan plan = plan_of({refused});
  plan.guards = {{plan::Guard::max_deletes, "2 deletions", "--max-deletes 2", 2, 0}};
  plan.orphans = {{"old", "sp", "Old app"}};
  plan.health = {{"gone", "default", plan::HealthState::failing, "the last cycle failed", true}};
  const model::Desired desired = one_application();
  const PageInput page = page_of_plan(plan, facts_of(desired));
  CHECK(page.verdict == "1 application failed, 1 refused or held");
  CHECK(page.applications[0].word == "cannot be updated");
  CHECK(page.applications[0].steps[0].state == PageStep::State::refused);
  CHECK(page.applications[0].steps[0].outcome == "it is disabled (SW5015)");
  CHECK(page.applications[0].steps[0].advice == "start it");
  CHECK(page.applications[1].name == "gone");
  CHECK(page.applications[1].notes ==
        std::vector<std::string>{"Job default: the last cycle failed"});
  REQUIRE(page.notices.size() == 2);
  CHECK(page.notices[0].text == "Guard maxDeletes: 2 deletions");
  CHECK(page.notices[0].advice == "--max-deletes 2 lets it through");
  CHECK(page.notices[1].text ==
        "Orphan: old (Old app) belongs to the project, and no manifest names it");
}

TEST_CASE("drift says who edited what, and whether the audit log was read") {
  plan::Drift drift;
  drift.plan = plan_of({schema_change()});
  drift.edits = {{"app", {}, false}};
  drift.edits[0].edit.activity = "Update attribute mappings or scope";
  drift.edits[0].edit.by = "eve";
  drift.edits[0].edit.at = "2026-11-21T16:40:00Z";
  const model::Desired desired = one_application();
  PageInput page = page_of_drift(drift, facts_of(desired));
  CHECK(page.verdict == "1 application drifted");
  CHECK(page.summary == "Drift: tenant and manifests differ in 1 place.");
  CHECK(page.complete);
  const PageApplication& card = page.applications[0];
  CHECK(card.word == "drifted");
  CHECK(card.steps[0].title == "schema of job default differs");
  CHECK(card.steps[0].cause == "edited in the tenant");
  REQUIRE(card.edits.size() == 1);
  CHECK(card.edits[0].by == "eve");
  CHECK(card.edits[0].schema);
  CHECK_FALSE(card.edits[0].ours);
  drift.plan.changes[0].cause = plan::Cause::manifest;
  drift.unmanaged.reset();
  page = page_of_drift(drift, facts_of(desired));
  CHECK(page.applications[0].word == "pending");
  CHECK_FALSE(page.complete);
  CHECK(page.reading.ends_with("Who edited the tenant is not known: the audit log was not read."));
}

TEST_CASE("a drift of health or orphans alone is no tenant as the manifests say") {
  plan::Drift drift;
  drift.plan = plan_of({});
  drift.plan.health = {
      {"app", "default", plan::HealthState::quarantine, "in quarantine since yesterday", true}};
  const model::Desired desired = one_application();
  PageInput page = page_of_drift(drift, facts_of(desired));
  CHECK(page.state == PageState::quarantined);
  CHECK(page.verdict == "1 application in quarantine");
  CHECK(page.summary == "Drift: 1 job in bad health.");
  drift.plan.orphans = {{"old", "sp", "Old app"}};
  page = page_of_drift(drift, facts_of(desired));
  CHECK(page.verdict == "1 application in quarantine, 1 orphan");
  CHECK(page.summary == "Drift: 1 job in bad health, 1 orphan.");
  drift.plan.health.clear();
  page = page_of_drift(drift, facts_of(desired));
  CHECK(page.state == PageState::differs);
  CHECK(page.verdict == "1 orphan");
  CHECK(page.notices.at(0).state == PageState::differs);
  CHECK(page.summary == "Drift: 1 orphan.");
  drift.plan.orphans.clear();
  drift.plan.health = {
      {"app", "other", plan::HealthState::surplus, "the manifest says absent", true}};
  page = page_of_drift(drift, facts_of(desired));
  CHECK(page.state == PageState::differs);
  CHECK(page.verdict == "1 application drifted");
  drift.plan.health[0] = {"app", "default", plan::HealthState::paused, "it does not run", false};
  page = page_of_drift(drift, facts_of(desired));
  CHECK(page.state == PageState::in_step);
  CHECK(page.summary == "No drift. The tenant is as the manifests say.");
}

TEST_CASE("a job in quarantine is worse than a difference") {
  const model::Desired desired = one_application();
  PageFacts facts = facts_of(desired);
  facts.jobs = {job_of("app")};
  facts.jobs[0].quarantine = "TooManyDeletes";
  const PageInput page = page_of_plan(plan_of({schema_change()}), facts);
  CHECK(page.state == PageState::quarantined);
  CHECK(page.verdict == "1 application in quarantine");
  CHECK(page.applications[0].word == "will be updated");
}

TEST_CASE("an apply tells what became of each step") {
  const plan::Plan plan =
      plan_of({test::change(plan::ChangeType::application_update, "app/update"), schema_change()});
  plan::ApplyReport report;
  report.outcomes = {
      test::outcome(plan.changes[0], plan::OutcomeState::done, "", Milliseconds(1)),
      test::outcome(plan.changes[1], plan::OutcomeState::failed, "", Milliseconds(1))};
  report.outcomes[0].writes = 1;
  report.outcomes[1].error = error_of(ErrorKind::rejected, "refused", "look");
  report.backup = "backups";
  const model::Desired desired = one_application();
  PageInput page = page_of_apply(report, plan, facts_of(desired));
  CHECK(page.verdict == "1 application failed");
  CHECK(page.summary == "1 of 2 changes done, 1 failed; 1 write sent.");
  CHECK(page.applications[0].word == "failed");
  CHECK(page.applications[0].steps[0].state == PageStep::State::done);
  CHECK(page.applications[0].steps[1].state == PageStep::State::failed);
  CHECK(page.applications[0].steps[1].outcome == "refused");
  CHECK(page.applications[0].steps[1].advice == "look");
  report.outcomes[1].state = plan::OutcomeState::done;
  report.outcomes[1].error.reset();
  page = page_of_apply(report, plan, facts_of(desired));
  CHECK(page.verdict == "1 application changed");
  CHECK(page.state == PageState::applied);
  CHECK(page.summary == "2 of 2 changes done; 1 write sent.");
  CHECK(page.applications[0].word == "done");
  CHECK(page.applications[0].state == PageState::applied);
  CHECK(page_of_apply({}, plan_of({}), facts_of(desired)).verdict == "Nothing was to be done");
}

TEST_CASE("what an interrupted apply did not begin has not failed") {
  using plan::OutcomeState;
  const std::vector<std::pair<std::string, OutcomeState>> ends{
      {"done", OutcomeState::done},     {"half", OutcomeState::done},
      {"half", OutcomeState::skipped},  {"lost", OutcomeState::unknown},
      {"never", OutcomeState::skipped}, {"none", OutcomeState::skipped},
      {"stale", OutcomeState::stale}};
  plan::Changes changes;
  for (const auto& [name, state] : ends) {
    changes.push_back(test::change(plan::ChangeType::application_update, name + "/update"));
  }
  const plan::Plan plan = plan_of(changes);
  plan::ApplyReport report;
  report.interrupted = true;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    report.outcomes.push_back(
        test::outcome(plan.changes[i], ends[i].second, "interrupted", Milliseconds(0)));
  }
  report.outcomes[0].writes = 1;
  const model::Desired none;
  const PageInput page = page_of_apply(report, plan, facts_of(none));
  CHECK(page.state == PageState::unfinished);
  CHECK(page.verdict == "Interrupted: 3 applications not finished, 2 not begun, 1 changed");
  CHECK(page.summary == "2 of 7 changes done, 1 stale, 1 unknown, 3 skipped; 1 write sent.");
  CHECK(page.notices.at(0).text == "The run was interrupted.");
  std::vector<std::pair<std::string, PageState>> told;
  told.reserve(page.applications.size());
  for (const PageApplication& card : page.applications) told.emplace_back(card.word, card.state);
  CHECK(told ==
        std::vector<std::pair<std::string, PageState>>{{"done", PageState::applied},
                                                       {"interrupted", PageState::unfinished},
                                                       {"outcome not known", PageState::unfinished},
                                                       {"not begun", PageState::not_begun},
                                                       {"not begun", PageState::not_begun},
                                                       {"stale", PageState::unfinished}});
  report.interrupted = false;
  for (plan::ChangeOutcome& outcome : report.outcomes) outcome.state = plan::OutcomeState::skipped;
  CHECK(page_of_apply(report, plan, facts_of(none)).verdict == "6 applications not begun");
}

TEST_CASE("an application that an apply left out is not in step") {
  plan::Change refused = schema_change();
  refused.status = plan::ChangeStatus::blocked;
  refused.refusal = plan::Refusal{Code::SW5015, "it is disabled", "start it", {}};
  const plan::Change update = test::change(plan::ChangeType::application_update, "app/update");
  const plan::Change other = test::change(plan::ChangeType::application_update, "other/update");
  const plan::Plan plan = plan_of({other, update, refused});
  plan::ApplyReport report;
  report.outcomes = {
      test::outcome(plan.changes[0], plan::OutcomeState::done, "", Milliseconds(1)),
      test::outcome(plan.changes[1], plan::OutcomeState::skipped, "left out", Milliseconds(0)),
      test::outcome(plan.changes[2], plan::OutcomeState::skipped, "left out", Milliseconds(0))};
  report.outcomes[2].error = error_of(ErrorKind::guard, "left out", "start it with this command");
  const model::Desired desired = one_application();
  const PageInput page = page_of_apply(report, plan, facts_of(desired));
  CHECK(page.verdict == "1 application left out, 1 changed");
  CHECK(page.state == PageState::refused);
  const PageApplication& card = page.applications.at(0);
  CHECK(card.word == "left out");
  CHECK(card.state == PageState::refused);
  CHECK(card.notes ==
        std::vector<std::string>{"Left out of this apply: nothing was written to it."});
  REQUIRE(card.steps.size() == 2);
  CHECK(card.steps[0].state == PageStep::State::skipped);
  CHECK(card.steps[0].outcome == "left out");
  CHECK(card.steps[1].state == PageStep::State::refused);
  CHECK(card.steps[1].outcome == "it is disabled (SW5015)");
  CHECK(card.steps[1].advice == "start it with this command");
  CHECK(page.applications.at(1).state == PageState::applied);
}

TEST_CASE("an apply tells the health of jobs as it was before, and a held change as held") {
  plan::Change held = test::change(plan::ChangeType::application_update, "app/update");
  held.status = plan::ChangeStatus::held;
  plan::Plan plan = plan_of({held});
  plan.health = {{"ill", "default", plan::HealthState::quarantine, "in quarantine", true}};
  const model::Desired desired = one_application();
  const PageInput page = page_of_apply({}, plan, facts_of(desired));
  CHECK(page.verdict == "1 application held");
  CHECK(page.applications.at(0).word == "held");
  CHECK(page.applications.at(0).steps.at(0).state == PageStep::State::held);
  CHECK(page.applications.at(1).state == PageState::attention);
  CHECK(page.applications.at(1).notes ==
        std::vector<std::string>{"Before this apply, job default: in quarantine"});
  CHECK(page.reading.ends_with(" How jobs fared is told as it was before this apply."));
}

TEST_CASE("status shows how the jobs fare") {
  const model::Desired desired = one_application();
  PageFacts facts = facts_of(desired);
  facts.jobs = {job_of("app")};
  PageInput page = page_of_status(facts);
  CHECK(page.verdict == "All jobs fare well");
  CHECK(page.summary == "1 of 1 job run.");
  facts.jobs[0].cycle.error = "Timeout: no answer";
  page = page_of_status(facts);
  CHECK(page.verdict == "1 application failed");
}

TEST_CASE("tests give their cases, and sample values to the tables") {
  const model::Desired desired = one_application();
  PageFacts facts = facts_of(desired);
  mapping_tests::MappingTestResult test{"people", "app", "default", {"tests.yaml", 3, 1, 2}, {}};
  test.cases.push_back({"Ada", {"tests.yaml", 7, 1, 2}, {}, {}});
  test.cases[0].object = "User";
  test.cases[0].written = {{"userName", "ada@x"}, {"other", "y"}};
  test.cases.push_back({"Bo", {"tests.yaml", 9, 1, 2}, {{"action", "create", "skip", ""}}, {}});
  test.cases[1].object = "Group";
  test.cases[1].written = {{"userName", "a group's"}};
  facts.tests = {test};
  PageInput page = page_of_tests(facts);
  CHECK(page.verdict == "1 of 2 cases failed");
  REQUIRE(page.applications.size() == 1);
  CHECK(page.applications[0].word == "failed");
  CHECK(page.applications[0].cases[1].faults ==
        std::vector<std::string>{"action: expected \"create\", got \"skip\""});
  CHECK(page.applications[0].mappings[0].mappings[0].samples ==
        std::vector<PageSample>{{"Ada", "ada@x"}});
  facts.tests[0].cases.pop_back();
  CHECK(page_of_tests(facts).verdict == "1 case passed");
  facts.tests.clear();
  page = page_of_tests(facts);
  CHECK(page.verdict == "There is no case");
  CHECK(page.applications.empty());
}

TEST_CASE("an export has whole mapping tables") {
  auto schema = schema::SynchronizationSchema::decode(R"({"id": "s", "directories": [],
    "synchronizationRules": [{"id": "r", "name": "OUT", "objectMappings": [{
      "sourceObjectName": "User", "targetObjectName": "Account", "attributeMappings": [
        {"targetAttributeName": "userName", "matchingPriority": 1, "flowType": "Always",
         "flowBehavior": "FlowWhenChanged", "defaultValue": null,
         "source": {"type": "Attribute", "expression": "[mail]", "name": "mail", "parameters": []}},
        {"targetAttributeName": "locale", "flowType": "ObjectAddOnly", "defaultValue": "en",
         "source": null}]}]}]})");
  REQUIRE(schema.has_value());
  model::ExportedApplication application;
  application.reference.display_name = "The app";
  application.gallery_name = "Box";
  model::ExportedJob job;
  job.job.id = "j1";
  job.template_id = "box";
  job.job.schedule_state = "Active";
  job.job.schema = *schema;
  application.jobs = {job};
  const PageApplication card = exported_card(application);
  CHECK(card.word == "exported");
  CHECK(card.jobs.at(0).state == "started");
  REQUIRE(card.mappings.size() == 1);
  CHECK(card.mappings[0].job == "box");
  CHECK(card.mappings[0].mappings.at(0).after ==
        PageFlow{PageFlow::Kind::direct, "[mail]", {"mail"}, "", "1", ""});
  CHECK(card.mappings[0].mappings.at(1).after ==
        PageFlow{PageFlow::Kind::none, "", {}, "ObjectAddOnly", "", "en"});
  const model::Desired none;
  const PageInput page = page_of_export({card}, {"", "Zoom: no job"}, {}, facts_of(none));
  CHECK(page.verdict == "1 application exported");
  CHECK(page.complete);
  REQUIRE(page.notices.size() == 1);
  CHECK(page.notices[0].text == "Left out: Zoom: no job");
  CHECK_FALSE(page_of_export({card}, {}, {Error{}}, facts_of(none)).complete);
}
