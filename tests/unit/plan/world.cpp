#include "world.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "syncwright/expression/parser.h"
#include "syncwright/plan/credentials.h"
#include "syncwright/schema/overlay.h"

namespace syncwright::plan::test {

namespace {

SourceRange line(int number) {
  return {"manifests/salesforce.yaml", number, 3, 0};
}

schema::Customization office_code() {
  schema::AttributeDefinitionRequest definition;
  definition.directory = "salesforce.com";
  definition.object = "User";
  definition.name = "officeCode";
  definition.type = "String";
  schema::AttributeMappingRequest mapping;
  mapping.target_attribute_name = "officeCode";
  mapping.source =
      schema::MappingSource{expression::parse_expression("[extensionAttribute10]").value()};
  schema::ObjectMappingRequest users;
  users.object = "User";
  users.attributes = {mapping};
  schema::Customization customization;
  customization.attributes = {definition};
  customization.mappings = {users};
  return customization;
}

}  // namespace

model::DesiredApplication bare(const std::string& name) {
  model::DesiredApplication application;
  application.name = name;
  application.gallery = "Salesforce";
  application.display_name = "Salesforce Contoso";
  application.where = line(4);
  application.gallery_where = line(6);
  return application;
}

model::DesiredApplication salesforce() {
  model::DesiredApplication application = bare("salesforce-contoso");
  application.scope = model::Scope::assigned;
  application.scope_where = line(8);
  application.credentials = model::DesiredCredentials{
      "2026-11",
      true,
      {{"BaseAddress", "https://scim.example.com/", line(12)},
       {"SecretToken", SecretReference{SecretReference::Env{"SALESFORCE_TOKEN"}}, line(13)}},
      line(10)};
  application.notifications = model::DesiredNotifications{true, "idm@contoso.com", line(14)};
  application.deletions = model::DesiredDeletions{500, false, line(15)};
  model::DesiredJob job;
  job.key = "default";
  job.state = model::JobState::started;
  job.schema = office_code();
  job.where = line(17);
  job.state_where = line(18);
  job.schema_where = line(19);
  application.jobs = {job};
  return application;
}

model::GalleryTemplate salesforce_template() {
  return {kSalesforceTemplate, "Salesforce", "Salesforce.com", true, {}};
}

model::Findings nothing_found() {
  model::Findings findings;
  findings.gallery = {salesforce_template()};
  return findings;
}

std::string template_schema() {
  return R"({
  "id": "salesforce.0c5a9d52",
  "synchronizationRules": [
    {"id": "r1", "name": "USER_OUTBOUND_USER", "sourceDirectoryName": "Microsoft Entra ID",
     "targetDirectoryName": "salesforce.com", "objectMappings": [
      {"name": "Users", "sourceObjectName": "User", "targetObjectName": "User", "enabled": true,
       "flowTypes": "Add, Update, Delete", "scope": null, "attributeMappings": [
        {"targetAttributeName": "Department", "matchingPriority": 0,
         "source": {"expression": "[department]", "name": "department", "type": "Attribute", "parameters": []}},
        {"targetAttributeName": "Username", "matchingPriority": 1,
         "source": {"expression": "[userPrincipalName]", "name": "userPrincipalName", "type": "Attribute", "parameters": []}}]}]}
  ],
  "directories": [
    {"id": "d1", "name": "Microsoft Entra ID", "objects": [
      {"name": "User", "attributes": [
        {"name": "department", "type": "String"},
        {"name": "extensionAttribute10", "type": "String"},
        {"name": "userPrincipalName", "type": "String", "anchor": true}]}]},
    {"id": "d2", "name": "salesforce.com", "objects": [
      {"name": "User", "attributes": [
        {"name": "Department", "type": "String"},
        {"name": "Locale", "type": "String"},
        {"name": "Username", "type": "String"}]}]}
  ]
})";
}

schema::SynchronizationSchema decoded(std::string text) {
  auto schema = schema::SynchronizationSchema::decode(std::move(text));
  REQUIRE(schema.has_value());
  return *schema;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t place = text.find(from);
  REQUIRE(place != std::string::npos);
  return text.replace(place, from.size(), to);
}

model::LiveJob running_job() {
  model::LiveJob job;
  job.id = "salesforce.0c5a9d5211f44a4e9d3c6f6a4a0a7d11";
  job.template_id = "salesforce";
  job.schedule_state = "Active";
  job.status_code = "Active";
  job.last_execution = model::LiveExecution{};
  job.last_execution->state = "Succeeded";
  job.schema = decoded(template_schema());
  return job;
}

model::LiveApplication settled(const model::DesiredApplication& desired) {
  model::LiveApplication live;
  live.reference.service_principal_id = kServicePrincipal;
  live.reference.display_name = desired.display_name;
  live.application_template_id = kSalesforceTemplate;
  live.tags = {"HideApp", "syncwright:contoso/prod", "syncwright-app:" + desired.name};
  const SecretsTarget target = secrets_target(desired, {}, {}, model::SecretsPut::complete);
  for (const auto& [key, value] : target.clear) live.secrets.push_back({key, value});
  for (const model::CredentialValue& reference : target.references) {
    live.secrets.push_back({reference.key, "*"});
  }
  if (desired.credentials && desired.credentials->revision) {
    live.tags.push_back("syncwright-credentials:" + *desired.credentials->revision);
  }
  for (const model::DesiredJob& wanted : desired.jobs) {
    model::LiveJob job = running_job();
    if (wanted.state == model::JobState::paused) job.schedule_state = "Disabled";
    if (wanted.schema) job.schema = schema::overlay(*job.schema, *wanted.schema).value();
    live.jobs.push_back(std::move(job));
  }
  return live;
}

model::Findings found(model::LiveApplication application) {
  model::Findings findings = nothing_found();
  findings.owned.push_back(std::move(application));
  return findings;
}

model::DesiredApplication assigning(std::vector<model::DesiredMember> members) {
  model::DesiredApplication application = bare("sf");
  application.assignments = model::DesiredAssignments{};
  application.assignments->members = std::move(members);
  application.assignments->where = line(20);
  for (model::DesiredMember& member : application.assignments->members) member.where = line(22);
  return application;
}

model::DesiredMember user(const std::string& principal, std::optional<std::string> role) {
  return {model::DesiredMember::Type::user, principal, std::move(role), false, {}};
}

model::DesiredMember group(const std::string& principal, std::optional<std::string> role) {
  return {model::DesiredMember::Type::group, principal, std::move(role), false, {}};
}

std::vector<model::LiveAppRole> app_roles() {
  return {{"r-user", "user", "User", true, {"User"}},
          {"r-admin", "admin", "Administrator", true, {"User"}},
          {"r-old", "old", "Old", false, {"User"}},
          {"r-twin-1", "", "Twin", true, {"User"}},
          {"r-twin-2", "", "Twin", true, {"User"}},
          {"r-daemon", "daemon", "Daemon", true, {"Application"}}};
}

model::Desired project(std::vector<model::DesiredApplication> applications) {
  model::Desired desired;
  desired.project = "contoso";
  desired.environment = "prod";
  desired.applications = std::move(applications);
  return desired;
}

Plan planned(const model::DesiredApplication& application, const model::Findings& findings) {
  model::Live live;
  live.tenant_id = kTenant;
  live.findings.emplace(application.name, findings);
  return make_plan(project({application}), live, kNow);
}

std::string outline(const Plan& plan) {
  std::string text;
  for (const Change& change : plan.changes) {
    text +=
        fmt::format("{} {} {}\n", to_string(change.status), to_string(change.type), change.id());
  }
  return text;
}

Refusal refusal_of(const Plan& plan) {
  std::vector<Refusal> refusals;
  for (const Change& change : plan.changes) {
    if (change.refusal) refusals.push_back(*change.refusal);
  }
  REQUIRE(refusals.size() == 1);
  return refusals.front();
}

}  // namespace syncwright::plan::test
