#include <doctest/doctest.h>

#include "golden.h"
#include "report/drift_report.h"
#include "syncwright/plan/plan_file.h"
#include "syncwright/report/plan_text.h"
#include "world.h"

using namespace syncwright;
using namespace syncwright::plan;
using namespace syncwright::plan::test;

// Whole outputs of tests/cases/plan, one folder a story.

namespace {

void check_case(const std::string& name, const Plan& plan) {
  const report::Style style;
  check_golden(name, "plan.txt", report::render_plan(plan, style));
  check_golden(name, "drift.txt", render_drift({plan, {}}, style));
  check_golden(name, "plan.json", document_of(plan).text());
}

model::DesiredApplication aws() {
  model::DesiredApplication application = bare("aws-contoso");
  application.gallery = "AWS Single-Account Access";
  application.display_name = "AWS Contoso";
  application.where = {"manifests/aws.yaml", 4, 3, 0};
  application.credentials = model::DesiredCredentials{};
  application.credentials->values = {
      {"ClientSecret", SecretReference{SecretReference::File{"secrets/aws-client"}}, {}},
      {"SecretToken", SecretReference{SecretReference::Command{{"vault", "read"}}}, {}}};
  application.credentials->where = {"manifests/aws.yaml", 9, 3, 0};
  model::DesiredJob job;
  job.key = "default";
  job.state = model::JobState::started;
  job.where = {"manifests/aws.yaml", 14, 5, 0};
  application.jobs = {job};
  return application;
}

model::Findings aws_found() {
  model::Findings findings;
  findings.gallery = {
      {"8b1025e4-1dd2-430b-a150-2ef79cd700f5", "AWS Single-Account Access", "Amazon", true, {}}};
  return findings;
}

Plan plan_of(std::vector<model::DesiredApplication> applications,
             std::vector<model::Findings> findings, std::vector<model::Orphan> orphans = {}) {
  model::Live live;
  live.tenant_id = kTenant;
  for (std::size_t i = 0; i < applications.size(); ++i) {
    live.findings.emplace(applications[i].name, findings[i]);
  }
  live.orphans = std::move(orphans);
  return make_plan(project(std::move(applications)), live, kNow);
}

}  // namespace

TEST_CASE("001: two applications that are not there") {
  check_case("001-new-applications",
             plan_of({aws(), salesforce()}, {aws_found(), nothing_found()}));
}

TEST_CASE("002: a tenant that is as the manifests say") {
  check_case("002-no-changes", plan_of({salesforce()}, {found(settled(salesforce()))}));
}

TEST_CASE("003: a tenant that was edited behind the program's back") {
  model::LiveApplication live = settled(salesforce());
  live.reference.display_name = "Sales";
  const std::string officeless =
      replaced(live.jobs[0].schema->text(), "[extensionAttribute10]", "[extensionAttribute9]");
  live.jobs[0].schema =
      decoded(replaced(officeless, "\"extensionAttribute10\"", "\"extensionAttribute9\""));
  live.jobs[0].schedule_state = "Disabled";
  live.tags.back() = "syncwright-credentials:2026-10";
  for (model::LiveSecret& secret : live.secrets) {
    if (secret.key == "SyncNotificationSettings") secret.value = R"({"Enabled":false})";
  }
  model::DesiredApplication application = salesforce();
  schema::AttributeMappingRequest department;
  department.target_attribute_name = "Department";
  department.absent = true;
  schema::AttributeMappingRequest locale;
  locale.target_attribute_name = "Locale";
  locale.source = schema::MappingSource{};
  locale.default_value = "en_US";
  auto& attributes = application.jobs[0].schema->mappings[0].attributes;
  attributes.push_back(department);
  attributes.push_back(locale);
  application.jobs[0].schema->mappings[0].flow_types = {"Add", "Update"};
  check_case("003-edited-tenant", plan_of({application}, {found(live)}));
}

TEST_CASE("004: what a plan refuses") {
  model::DesiredApplication typo = bare("typo");
  typo.gallery = "Salesfroce";
  model::DesiredApplication twice = bare("twice");
  model::Findings two = nothing_found();
  two.gallery.push_back(
      {"0f1e2d3c-0000-4000-8000-000000000001", "Salesforce", "Contoso", true, {}});
  model::Findings beside = nothing_found();
  beside.neighbours = {settled(bare("beside"))};
  beside.neighbours[0].tags = {"HideApp"};
  model::LiveApplication narrowed = settled(salesforce());
  for (model::LiveSecret& secret : narrowed.secrets) {
    if (secret.key == "SyncAll") secret.value = "true";
  }
  model::Findings unreadable;
  unreadable.unreadable = Error{ErrorKind::unauthenticated,
                                "Synchronization.Read.All is missing",
                                "grant it to the application, then get a new token",
                                401,
                                "UnknownError",
                                "6f0e"};
  check_case("004-refused", plan_of({bare("beside"), salesforce(), twice, typo, bare("unreadable")},
                                    {beside, found(narrowed), two, {}, unreadable}));
}

TEST_CASE("005: jobs in bad health, and orphans") {
  std::vector<model::DesiredApplication> applications;
  std::vector<model::Findings> findings;
  const auto add = [&](const char* name, const std::function<void(model::LiveJob&)>& edit) {
    model::DesiredApplication application = bare(name);
    model::DesiredJob job;
    job.key = "default";
    application.jobs = {job};
    model::LiveApplication live = settled(application);
    edit(live.jobs[0]);
    applications.push_back(application);
    findings.push_back(found(live));
  };
  add("entries", [](model::LiveJob& job) {
    job.last_execution->state = "EntryLevelErrors";
    job.last_execution->count_escrowed = 1;
  });
  add("failing", [](model::LiveJob& job) {
    job.last_execution->state = "Failed";
    job.last_execution->error_code = "InsufficientRights";
    job.last_execution->error_message = "the target\nsays \x1b[31mno";
  });
  add("quarantined", [](model::LiveJob& job) {
    job.quarantine = model::LiveQuarantine{};
    job.quarantine->reason = "TooManyDeletes";
    job.quarantine->current_began = "2026-11-20T08:00:00Z";
  });
  add("resting", [](model::LiveJob& job) { job.schedule_state = "Disabled"; });
  check_case("005-health", plan_of(applications, findings,
                                   {{"zebra", {"", "sp-2", "", "Zebra", "", ""}, {}},
                                    {"box", {"", "sp-1", "", "Box Contoso", "", ""}, {}}}));
}
