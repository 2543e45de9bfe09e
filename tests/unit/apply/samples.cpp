#include "samples.h"

#include "syncwright/expression/parser.h"

namespace syncwright::samples {

namespace {

CredentialValue reference(const std::string& key, const std::string& variable) {
  return {key, SecretReference{SecretReference::Env{variable}}, {}};
}

CredentialValue clear(const std::string& key, const std::string& value) {
  return {key, value, {}};
}

DesiredJob started_job() {
  DesiredJob job;
  job.key = "default";
  job.state = JobState::started;
  return job;
}

Customization office_codes() {
  Customization customization;
  AttributeDefinitionRequest definition;
  definition.directory = "salesforce.com";
  definition.object = "User";
  definition.name = "officeCode";
  definition.type = "String";
  customization.attributes.push_back(definition);
  AttributeMappingRequest mapping;
  mapping.target_attribute_name = "officeCode";
  mapping.source = MappingSource{*parse_expression("[extensionAttribute10]")};
  ObjectMappingRequest object;
  object.object = "User";
  object.attributes.push_back(mapping);
  customization.mappings.push_back(object);
  return customization;
}

}  // namespace

DesiredApplication aws() {
  DesiredApplication application;
  application.name = "aws";
  application.gallery = "Amazon Web Services (AWS)";
  application.display_name = "AWS Contoso";
  application.credentials = DesiredCredentials{
      std::nullopt,
      true,
      {reference("ClientSecret", "AWS_CLIENT_SECRET"), reference("SecretToken", "AWS_TOKEN")},
      {}};
  application.jobs.push_back(started_job());
  return application;
}

DesiredApplication crm() {
  DesiredApplication application;
  application.name = "crm";
  application.gallery = "Salesforce";
  application.display_name = "Salesforce Contoso";
  application.scope = Scope::assigned;
  application.credentials = DesiredCredentials{
      "2026-11",
      true,
      {reference("Password", "CRM_PASSWORD"), reference("SecretToken", "CRM_TOKEN"),
       clear("UserName", "sync@contoso.com")},
      {}};
  DesiredJob job = started_job();
  job.schema = office_codes();
  application.jobs.push_back(std::move(job));
  return application;
}

Desired of(DesiredApplication application) {
  Desired desired;
  desired.project = "contoso";
  desired.applications.push_back(std::move(application));
  return desired;
}

Desired both() {
  Desired desired = of(aws());
  desired.applications.push_back(crm());
  return desired;
}

}  // namespace syncwright::samples
