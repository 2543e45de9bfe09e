#include "syncwright/plan/plan_file.h"

#include <doctest/doctest.h>

#include <functional>

#include "world.h"

using namespace syncwright;
using namespace syncwright::plan;
using namespace syncwright::plan::test;

namespace {

PlanFile sample() {
  model::LiveApplication live = settled(salesforce());
  live.reference.display_name = "Sales";
  live.jobs[0].schedule_state = "Disabled";
  live.jobs[0].quarantine = model::LiveQuarantine{};
  live.tags.back() = "syncwright-credentials:2026-10";
  model::Desired desired = project({bare("bare"), salesforce()});
  model::Live tenant;
  tenant.tenant_id = kTenant;
  tenant.findings.emplace("bare", nothing_found());
  tenant.findings.emplace("salesforce-contoso", found(live));
  tenant.orphans = {{"old", {"a", "sp", "", "Old App", "", ""}, {}}};
  Plan plan = make_plan(desired, tenant, kNow);
  plan.diagnostics.push_back({Code::SW1001, Severity::warning, "m", "a", {"f.yaml", 3, 2, 0}});
  return {plan, desired};
}

Error error_of(const std::function<void(Json&)>& damage) {
  auto document = parse_json(document_of(sample()).text());
  REQUIRE(document.has_value());
  damage(*document);
  const auto read = read_plan_file(document->dump());
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().kind == ErrorKind::invalid_input);
  CHECK_FALSE(read.error().advice.empty());
  return read.error();
}

}  // namespace

TEST_CASE("a plan file comes back as it was written") {
  const PlanFile written = sample();
  const std::string text = document_of(written).text();
  CHECK(text == document_of(written).text());
  const auto read = read_plan_file(text);
  REQUIRE(read.has_value());
  CHECK(document_of(read->plan).tree() == document_of(written.plan).tree());
  CHECK(document_of(read->desired).digest() == document_of(written.desired).digest());
  CHECK(read->plan.has_refusals());
  CHECK(document_of(*read).text() == text);
  CHECK(read->is_as_written);
}

TEST_CASE("a plan's id is the digest in its file, whenever the plan was made") {
  PlanFile made = sample();
  const std::string id = plan_digest(made);
  CHECK(string_or(*parse_json(document_of(made).text()), "digest") == id);
  made.plan.created_at += std::chrono::hours(1);
  CHECK(plan_digest(made) == id);
  made.plan.changes[0].reason = "another";
  CHECK(plan_digest(made) != id);
}

TEST_CASE("an edit that contradicts nothing is told by the digest, and the time is not in it") {
  const auto as_written = [](const std::function<void(Json&)>& edit) {
    auto document = parse_json(document_of(sample()).text());
    REQUIRE(document.has_value());
    edit(*document);
    const auto read = read_plan_file(document->dump());
    REQUIRE(read.has_value());
    return read->is_as_written;
  };
  CHECK(as_written([](Json& plan) { plan["createdAt"] = "2031-01-02T03:04:05Z"; }));
  CHECK_FALSE(as_written([](Json& plan) { plan["changes"][0]["origin"]["line"] = 99; }));
  CHECK_FALSE(as_written([](Json& plan) { plan["remark"] = "reviewed"; }));
  CHECK_FALSE(as_written([](Json& plan) { plan.erase("digest"); }));
}

TEST_CASE("a plan file that was tampered with is refused, with the place") {
  CHECK(error_of([](Json& plan) { plan["formatVersion"] = 2; }).message ==
        "the plan file has format 2, this version reads format 1");
  CHECK(error_of([](Json& plan) { plan.erase("formatVersion"); }).message ==
        "not a plan file: it has no formatVersion");
  CHECK(error_of([](Json& plan) {
          plan["desired"]["applications"][1]["displayName"] = "Another";
        }).message ==
        "the plan file was changed: `manifestDigest` is not the digest of its `desired`");
  CHECK(error_of([](Json& plan) { plan["changes"][0]["type"] = "tenant.delete"; }).message ==
        "not a plan file: changes[0].type is not known to this version");
  CHECK(error_of([](Json& plan) { plan["changes"][1]["fields"][0]["path"] = 7; }).message ==
        "not a plan file: changes[1].fields[0].path is not a text");
  CHECK(error_of([](Json& plan) { plan["summary"]["create"] = -1; }).message ==
        "not a plan file: summary.create is not a whole number in range");
  CHECK(error_of([](Json& plan) { plan["createdAt"] = "yesterday"; }).message ==
        "not a plan file: createdAt is not known to this version");
}

namespace {

/// Everything that only issue 4's changes carry: an assignment, an adoption and a deletion.
PlanFile lifecycle() {
  model::DesiredApplication adopted = bare("adopted");
  adopted.adopt.mode = model::Adopt::Mode::by_name;
  adopted.row = {"rows.csv", 3, 1, 0};
  model::DesiredApplication members = assigning({group("Sales", "admin")});
  model::Findings beside = nothing_found();
  beside.neighbours = {settled(adopted)};
  beside.neighbours[0].tags.clear();
  model::LiveApplication live = settled(members);
  live.app_roles = app_roles();
  model::Findings existing = found(live);
  existing.principals = {{{"g-1", "Sales", ""}}};
  model::Live tenant;
  tenant.findings.emplace("adopted", beside);
  tenant.findings.emplace("sf", existing);
  tenant.orphans = {{"old", {"a", "sp", "", "Old App", "", ""}, {"syncwright-app:old"}}};
  const model::Desired desired = project({adopted, members});
  PlanContext context = plan_context(desired);
  context.prune = true;
  return {make_plan(desired, tenant, kNow, context), desired};
}

std::string lifecycle_fault(const std::function<void(Json&)>& damage) {
  auto document = parse_json(document_of(lifecycle()).text());
  REQUIRE(document.has_value());
  damage(*document);
  const auto read = read_plan_file(document->dump());
  REQUIRE_FALSE(read.has_value());
  return read.error().message;
}

}  // namespace

TEST_CASE("adoptions, assignments, deletions, rows and guards come back as they were written") {
  const PlanFile written = lifecycle();
  CHECK(outline(written.plan) ==
        "planned application.adopt adopted/adopt\n"
        "planned application.delete old/delete\n"
        "planned assignment.add sf/assignments/group:g-1/admin\n");
  const auto read = read_plan_file(document_of(written).text());
  REQUIRE(read.has_value());
  CHECK(document_of(read->plan).tree() == document_of(written.plan).tree());
  CHECK(read->plan.guards == written.plan.guards);
  REQUIRE(read->plan.changes[0].row);
  CHECK(read->plan.changes[0].row->line == 3);
  CHECK(read->plan.changes[1].target()->id == "sp");
  CHECK(read->plan.changes[2].assignment()->principal_id == "g-1");
  CHECK(read->plan.changes[2].assignment()->app_role_id == "r-admin");
}

TEST_CASE("a change that does not say whom or what it is about is refused") {
  const std::string prefix = "not a plan file: change `";
  CHECK(lifecycle_fault([](Json& plan) { plan["changes"][0]["target"] = nullptr; }) ==
        prefix + "adopted/adopt` does not say what it is about");
  CHECK(lifecycle_fault([](Json& plan) { plan["changes"][1]["application"] = "A/b"; }) ==
        prefix + "old/delete` deletes something that has no name");
  CHECK(lifecycle_fault([](Json& plan) { plan["changes"][1]["id"] = "sf/delete"; }) ==
        prefix + "sf/delete` has an id that is not its type's");
  CHECK(lifecycle_fault([](Json& plan) { plan["complete"] = false; }) ==
        "not a plan file: it deletes applications or jobs, and is not complete");
  CHECK(lifecycle_fault([](Json& plan) { plan["changes"][2]["assignment"] = nullptr; }) ==
        prefix + "sf/assignments/group:g-1/admin` has an id that is not its type's");
  CHECK(lifecycle_fault([](Json& plan) {
          plan["changes"][2]["assignment"]["appRoleId"] = nullptr;
        }) == prefix + "sf/assignments/group:g-1/admin` does not say which role it is about");
  CHECK(lifecycle_fault([](Json& plan) {
          plan["changes"][2]["assignment"]["principalType"] = "device";
        }) == "not a plan file: changes[2].assignment.principalType is not known to this version");
}

TEST_CASE("a change that has what only another type has is refused") {
  const std::string suffix = " is not what a change of this type has";
  CHECK(lifecycle_fault([](Json& plan) {
          plan["changes"][0]["assignment"] = plan["changes"][2]["assignment"];
        }) == "not a plan file: changes[0].assignment" + suffix);
  CHECK(lifecycle_fault([](Json& plan) { plan["changes"][2]["target"] = "sp"; }) ==
        "not a plan file: changes[2].target" + suffix);
  CHECK(lifecycle_fault([](Json& plan) {
          plan["changes"][1]["sends"] = Json::array({Json{{"key", "SyncAll"}, {"how", "again"}}});
        }) == "not a plan file: changes[1].sends" + suffix);
}

TEST_CASE("a plan that is not complete deletes no job either") {
  model::DesiredApplication application = salesforce();
  const model::LiveApplication live = settled(application);
  application.jobs[0] = {};
  application.jobs[0].key = "default";
  application.jobs[0].absent = true;
  model::Desired desired = project({application});
  model::Live tenant;
  tenant.findings[application.name] = found(live);
  PlanContext context = plan_context(desired);
  context.prune = true;
  const Plan whole = make_plan(desired, tenant, kNow, context);
  CHECK(outline(whole) == "planned job.delete salesforce-contoso/jobs/default/delete\n");
  PlanFile part{whole, desired};
  part.plan.complete = false;
  CHECK(read_plan_file(document_of(part).text()).error().message ==
        "not a plan file: it deletes applications or jobs, and is not complete");

  desired.complete = false;
  const Plan left = make_plan(desired, tenant, kNow, context);
  CHECK_FALSE(left.has_changes());
  CHECK(left.summary.unchanged == 1);
  REQUIRE(left.health.size() == 1);
  CHECK(left.health[0].state == HealthState::surplus);
}

TEST_CASE("changes that no planner makes are refused") {
  const std::string prefix = "not a plan file: change `";
  CHECK(error_of([](Json& plan) { plan["changes"][0]["application"] = "other"; }).message ==
        prefix + "bare` has an application that its manifests do not name");
  CHECK(error_of([](Json& plan) { plan["changes"][0]["id"] = "else"; }).message ==
        prefix + "else` has an id that is not its type's");
  CHECK(error_of([](Json& plan) { plan["changes"].back()["job"] = "other"; }).message ==
        prefix + "salesforce-contoso/jobs/default/start` has a job that its manifests do not name");
  CHECK(error_of([](Json& plan) { plan["changes"].push_back(plan["changes"][0]); }).message ==
        prefix + "bare` is there twice");
  CHECK(error_of([](Json& plan) { plan["changes"][0]["after"] = {"bare"}; }).message ==
        prefix + "bare` comes after something that is not before it");
  CHECK(error_of([](Json& plan) { plan["changes"].back()["blocked"] = nullptr; }).message ==
        prefix + "salesforce-contoso/jobs/default/start` has a status that does not fit `blocked`");
}

TEST_CASE("a plan file that contradicts itself is refused") {
  const std::string prefix = "the plan file was changed: ";
  const auto fault = [](const std::function<void(Json&)>& damage) {
    return error_of(damage).message;
  };
  CHECK(fault([](Json& plan) { plan["project"] = "fabrikam"; }) ==
        prefix + "`project` is not the one of `desired`");
  CHECK(fault([](Json& plan) { plan["environment"] = "test"; }) ==
        prefix + "`environment` is not the one of `desired`");
  CHECK(fault([](Json& plan) { plan["complete"] = false; }) ==
        prefix + "`complete` is not what `desired` says");
  for (const char* count :
       {"create", "update", "delete", "unchanged", "orphaned", "changes", "blocked", "held"}) {
    CAPTURE(count);
    CHECK(fault([count](Json& plan) { plan["summary"][count] = 7; }) ==
          prefix + "`summary` does not add up");
  }
  CHECK(fault([](Json& plan) { plan["orphans"] = Json::array(); }) ==
        prefix + "`summary` does not add up");
  CHECK(fault([](Json& plan) {
          for (Json& change : plan["changes"]) {
            if (change["type"] == "application.update") change["fields"] = Json::array();
          }
        }) == prefix + "change `salesforce-contoso/update` has fields that its basis is not of");
  CHECK(fault([](Json& plan) {
          for (Json& change : plan["changes"]) {
            if (change["type"] == "credentials.save") change["provisional"] = true;
          }
        }) == prefix + "change `salesforce-contoso/credentials` cannot be provisional");
}

TEST_CASE("the tenant that the manifests name is the plan's, an unknown one may be empty") {
  PlanFile file = lifecycle();
  CHECK(file.plan.tenant_id.empty());
  CHECK(read_plan_file(document_of(file).text()).has_value());
  file.desired.tenant_id = kTenant;
  file.plan.manifest_digest = model::manifest_digest(file.desired);
  CHECK(read_plan_file(document_of(file).text()).error().message ==
        "the plan file was changed: `tenantId` is not the one of `desired`");
  file.plan.tenant_id = kTenant;
  CHECK(read_plan_file(document_of(file).text()).has_value());
}

TEST_CASE("a plan that could not read an application is not complete, and says so itself") {
  model::Findings findings;
  findings.unreadable = Error{ErrorKind::unavailable, "no answer", "", 503, "", ""};
  const model::Desired desired = project({bare("sf")});
  model::Live tenant;
  tenant.findings["sf"] = findings;
  const Plan plan = make_plan(desired, tenant, kNow);
  CHECK_FALSE(plan.complete);
  CHECK(read_plan_file(document_of({plan, desired}).text()).has_value());
}

TEST_CASE("anything that is no plan file is an error, never a crash") {
  const std::string whole = document_of(sample()).text();
  for (const std::string& text :
       {std::string(), std::string("[]"), std::string("null"), std::string("{\"formatVersion\":1}"),
        std::string(100'000, '['), whole.substr(0, whole.size() / 2)}) {
    const auto read = read_plan_file(text);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().kind == ErrorKind::invalid_input);
  }
}

TEST_CASE("a plan holds no value of a secret and no clear text of a masked key") {
  const std::string text = document_of(sample()).text();
  CHECK(text.find("\"*\"") == std::string::npos);
  CHECK(text.find("env SALESFORCE_TOKEN") != std::string::npos);
}
