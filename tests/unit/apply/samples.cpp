#include "samples.h"

#include "syncwright/expression/parser.h"

namespace syncwright::samples {

namespace {

model::CredentialValue reference(const std::string& key, const std::string& variable) {
  return {key, SecretReference{SecretReference::Env{variable}}, {}};
}

model::CredentialValue clear(const std::string& key, const std::string& value) {
  return {key, value, {}};
}

model::DesiredJob started_job() {
  model::DesiredJob job;
  job.key = "default";
  job.state = model::JobState::started;
  return job;
}

schema::Customization office_codes() {
  schema::Customization customization;
  schema::AttributeDefinitionRequest definition;
  definition.directory = "salesforce.com";
  definition.object = "User";
  definition.name = "officeCode";
  definition.type = "String";
  customization.attributes.push_back(definition);
  schema::AttributeMappingRequest mapping;
  mapping.target_attribute_name = "officeCode";
  mapping.source = schema::MappingSource{*expression::parse_expression("[extensionAttribute10]")};
  schema::ObjectMappingRequest object;
  object.object = "User";
  object.attributes.push_back(mapping);
  customization.mappings.push_back(object);
  return customization;
}

}  // namespace

model::DesiredApplication aws() {
  model::DesiredApplication application;
  application.name = "aws";
  application.gallery = "AWS Single-Account Access";
  application.display_name = "AWS Contoso";
  application.credentials = model::DesiredCredentials{
      std::nullopt,
      true,
      {reference("ClientSecret", "AWS_CLIENT_SECRET"), reference("SecretToken", "AWS_TOKEN")},
      {}};
  application.jobs.push_back(started_job());
  return application;
}

model::DesiredApplication crm() {
  model::DesiredApplication application;
  application.name = "crm";
  application.gallery = "Salesforce";
  application.display_name = "Salesforce Contoso";
  application.scope = model::Scope::assigned;
  application.credentials = model::DesiredCredentials{
      "2026-11",
      true,
      {reference("Password", "CRM_PASSWORD"), reference("SecretToken", "CRM_TOKEN"),
       clear("UserName", "sync@contoso.com")},
      {}};
  model::DesiredJob job = started_job();
  job.schema = office_codes();
  application.jobs.push_back(std::move(job));
  return application;
}

model::Desired of(model::DesiredApplication application) {
  model::Desired desired;
  desired.project = "contoso";
  desired.applications.push_back(std::move(application));
  return desired;
}

model::Desired both() {
  model::Desired desired = of(aws());
  desired.applications.push_back(crm());
  return desired;
}

}  // namespace syncwright::samples
