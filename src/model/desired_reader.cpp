#include <algorithm>

#include "model/json_object.h"
#include "model/lifecycle_reader.h"
#include "syncwright/model/desired.h"
#include "syncwright/model/secret_keys.h"

/// The reading half of a plan file's `desired`. A plan file may have been edited by anybody: every
/// type is checked, unknown members are refused, and so is a secret in clear text.

namespace syncwright {
namespace {

Result<SecretReference> reference_of(const Json& json, const std::string& path) {
  JsonObject object(json, path);
  std::vector<SecretReference> found;
  if (auto env = object.text("env")) found.push_back({SecretReference::Env{std::move(*env)}});
  if (auto file = object.text("file")) found.push_back({SecretReference::File{std::move(*file)}});
  if (const Json* command = object.member("command")) {
    auto argv = texts_of(*command, object.path_of("command"));
    if (!argv) return fail(argv.error());
    if (argv->empty()) object.fault(object.path_of("command"), "is empty");
    found.push_back({SecretReference::Command{std::move(*argv)}});
  }
  if (found.size() != 1) object.fault(path, "is not one of env, file and command");
  if (auto finished = object.finish(); !finished) return fail(finished.error());
  return std::move(found.front());
}

Result<CredentialValue> credential_of(const std::string& key, const Json& json,
                                      const std::string& path) {
  if (!is_secret_key(key)) return fail(ErrorKind::invalid_input, path + " is no known key");
  if (!json.is_string()) {
    auto reference = reference_of(json, path);
    if (!reference) return fail(reference.error());
    return CredentialValue{key, std::move(*reference), {}};
  }
  if (is_masked_secret_key(key)) {
    return fail(ErrorKind::invalid_input, path + " holds a secret in clear text");
  }
  return CredentialValue{key, json.get<std::string>(), {}};
}

Result<DesiredCredentials> credentials_of(const Json& json, const std::string& path) {
  JsonObject object(json, path);
  DesiredCredentials credentials;
  credentials.revision = object.text("revision");
  credentials.validate = object.boolean("validate").value_or(true);
  const Json* values = object.member("values");
  if (values != nullptr && !values->is_object()) object.fault(path + ".values", "is no object");
  if (values != nullptr && values->is_object()) {
    for (const auto& [key, value] : values->items()) {
      auto credential = credential_of(key, value, object.path_of("values." + key));
      if (!credential) return fail(credential.error());
      credentials.values.push_back(std::move(*credential));
    }
  }
  if (auto finished = object.finish(); !finished) return fail(finished.error());
  return credentials;
}

Result<DesiredNotifications> notifications_of(const Json& json, const std::string& path) {
  JsonObject object(json, path);
  DesiredNotifications notifications;
  notifications.enabled = object.boolean("enabled");
  notifications.recipient = object.text("recipient");
  if (auto finished = object.finish(); !finished) return fail(finished.error());
  return notifications;
}

Result<DesiredDeletions> deletions_of(const Json& json, const std::string& path) {
  JsonObject object(json, path);
  DesiredDeletions deletions;
  deletions.threshold = object.integer("threshold", 1, kMaxDeletionThreshold);
  deletions.skip_out_of_scope = object.boolean("skipOutOfScope");
  if (auto finished = object.finish(); !finished) return fail(finished.error());
  return deletions;
}

Result<DesiredJob> job_of(const std::string& key, const Json& json, const std::string& path) {
  JsonObject object(json, path);
  DesiredJob job;
  job.key = key;
  job.template_id = object.text("template");
  job.job_id = object.text("id");
  job.absent = object.boolean("absent").value_or(false);
  job.state = object.word<JobState>("state",
                                    {{"started", JobState::started}, {"paused", JobState::paused}});
  if (const Json* base = object.member("baseSchema")) {
    auto base_schema = base_schema_of(*base, object.path_of("baseSchema"));
    if (!base_schema) return fail(base_schema.error());
    job.base_schema = std::move(*base_schema);
  }
  if (const Json* schema = object.member("schema")) {
    auto customization = customization_from_json(*schema);
    if (!customization) return fail(within(customization.error(), path + ".schema"));
    job.schema = std::move(*customization);
  }
  if (auto finished = object.finish(); !finished) return fail(finished.error());
  return job;
}

/// Reads an optional member with a function of its own into `target`.
template <class Target, class Read>
void read_part(JsonObject& object, const char* key, Read read, Target& target) {
  const Json* json = object.member(key);
  if (json == nullptr) return;
  auto part = read(*json, object.path_of(key));
  if (part) {
    target = std::move(*part);
  } else {
    object.adopt(part.error());
  }
}

void read_labels(JsonObject& object, std::map<std::string, std::string>& labels) {
  const Json* json = object.member("labels");
  if (json == nullptr) return;
  if (!json->is_object()) return object.fault(object.path_of("labels"), "is no object");
  for (const auto& [key, value] : json->items()) {
    if (!value.is_string()) return object.fault(object.path_of("labels." + key), "is no text");
    labels[key] = value.get<std::string>();
  }
}

void read_jobs(JsonObject& object, std::vector<DesiredJob>& jobs) {
  const Json* json = object.member("jobs");
  if (json == nullptr) return;
  if (!json->is_object()) return object.fault(object.path_of("jobs"), "is no object");
  for (const auto& [key, value] : json->items()) {
    if (!is_job_key(key)) return object.fault(object.path_of("jobs." + key), "is no job key");
    auto job = job_of(key, value, object.path_of("jobs." + key));
    if (!job) return object.adopt(job.error());
    jobs.push_back(std::move(*job));
  }
}

Result<DesiredApplication> application_of(const Json& json, const std::string& path) {
  JsonObject object(json, path);
  DesiredApplication application;
  application.name = object.required_text("name");
  if (!is_manifest_name(application.name)) object.fault(path + ".name", "is no manifest name");
  application.gallery = object.required_text("gallery");
  application.display_name = object.required_text("displayName");
  read_part(object, "adopt", adopt_of, application.adopt);
  application.protect = object.boolean("protect");
  read_part(object, "previously", texts_of, application.previously);
  read_part(object, "assignments", assignments_of, application.assignments);
  application.scope =
      object.word<Scope>("scope", {{"assigned", Scope::assigned}, {"all", Scope::all}});
  read_part(object, "credentials", credentials_of, application.credentials);
  read_part(object, "notifications", notifications_of, application.notifications);
  read_part(object, "deletions", deletions_of, application.deletions);
  read_labels(object, application.labels);
  read_jobs(object, application.jobs);
  if (auto finished = object.finish(); !finished) return fail(finished.error());
  return application;
}

void read_applications(JsonObject& object, std::vector<DesiredApplication>& applications) {
  const Json* json = object.member("applications");
  if (json == nullptr || !json->is_array()) {
    return object.fault(object.path_of("applications"), "is no list");
  }
  for (std::size_t index = 0; index < json->size(); ++index) {
    const std::string path = fmt::format("{}[{}]", object.path_of("applications"), index);
    auto application = application_of((*json)[index], path);
    if (!application) return object.adopt(application.error());
    const bool sorted = applications.empty() || applications.back().name < application->name;
    if (!sorted) return object.fault(path, "is out of order, or its name occurs twice");
    applications.push_back(std::move(*application));
  }
}

}  // namespace

Result<Desired> desired_from_json(const Json& json) {
  JsonObject object(json, "desired");
  Desired desired;
  desired.project = object.required_text("project");
  if (!is_manifest_name(desired.project)) object.fault("desired.project", "is no manifest name");
  desired.environment = object.text("environment").value_or(std::string());
  desired.tenant_id = object.text("tenantId");
  desired.cloud = object.text("cloud").value_or(std::string());
  read_part(object, "previously", texts_of, desired.previously);
  if (!std::all_of(desired.previously.begin(), desired.previously.end(), is_manifest_name)) {
    object.fault("desired.previously", "holds what is no manifest name");
  }
  read_part(object, "writers", texts_of, desired.writers);
  read_part(object, "guards", guards_of, desired.guards);
  desired.empty_sets.resize(
      static_cast<std::size_t>(object.integer("emptySets", 0, 1'000'000).value_or(0)));
  desired.complete = object.boolean("complete").value_or(false);
  read_applications(object, desired.applications);
  if (auto finished = object.finish(); !finished) return fail(finished.error());
  return desired;
}

}  // namespace syncwright
